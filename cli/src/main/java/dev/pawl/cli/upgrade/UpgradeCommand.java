package dev.pawl.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import dev.pawl.cli.screen.Screen;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what this release would do with a data folder, and whether there is a newer release. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = "Says whether this release may open the data folder, and what it would do to it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl upgrade --check",
            "  pawl upgrade --check --from pawl-0.2.0.release.json",
            "",
            "Changes nothing, and asks nobody but the address that --from names. docs/upgrading.md has the steps.",
            "Exit code 1: this release would refuse the data folder."
        })
public final class UpgradeCommand implements Callable<Integer> {

    @Option(names = "--check", description = "Only looks; there is nothing else that it can do.")
    private boolean check;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description =
                    "The manifest of a release (NAME.release.json), a file or an http(s) address, to compare with.")
    private @Nullable String from;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    public UpgradeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        output.prepare(invocation.screen());
        if (!check) {
            throw new UsageException(
                    "--check is missing: `pawl upgrade` installs nothing. `pawl upgrade --check` says what a"
                            + " release would do with the data folder, and docs/upgrading.md has the steps.");
        }
        EmbeddedServer embedded = invocation
                .embedded()
                .orElseThrow(() -> new UsageException(
                        "This command was installed without the server; use bin/pawl of a full distribution."));
        Optional<ReleaseManifest> offered =
                from == null ? Optional.empty() : Optional.of(ReleaseManifest.read(from)); // before anything is shown
        ObjectNode answer = (ObjectNode) JsonTrees.of(embedded.upgrade(server.flags()));
        offered.ifPresent(manifest -> answer.set("offered", manifest.comparedWith(answer)));
        output.show(answer, invocation.screen(), this::tell);
        return isRefused(answer) ? ExitCode.FAILED : ExitCode.OK;
    }

    private static boolean isRefused(JsonNode answer) {
        return JsonTrees.text(answer, "verdict").equals("refuses");
    }

    private void tell(JsonNode answer) {
        Screen screen = invocation.screen();
        Fields fields = new Fields()
                .add("Release", new Cell(JsonTrees.text(answer, "version"), Colour.BOLD))
                .add("Data", JsonTrees.text(answer, "data"))
                .add("Store", JsonTrees.text(answer, "store"))
                .add("Opened by", JsonTrees.text(answer, "last_opened_by"))
                .add("Schema", schema(answer))
                .add("Server", server(answer.path("running")));
        if (JsonTrees.text(answer, "verdict").equals("migrates")) {
            fields.add("Backup", UpgradeText.megabytes(answer.path("store_bytes")) + ", made first")
                    .add("Room", UpgradeText.megabytes(answer.path("room_bytes")));
        }
        JsonTrees.stream(answer.path("backups")).forEach(backup -> fields.add("Kept", JsonTrees.text(backup, "file")));
        screen.lines(fields.lines(screen.terminal()));
        screen.line("");
        UpgradeText.sentences(answer).forEach(screen::line);
    }

    private static String schema(JsonNode answer) {
        String present = JsonTrees.text(answer, "schema_version");
        String supported = JsonTrees.text(answer, "supported_schema_version");
        return present.isEmpty() || present.equals(supported) ? supported : present + "; this release has " + supported;
    }

    private static String server(JsonNode running) {
        String url = JsonTrees.text(running, "url");
        return running.isMissingNode()
                ? "none is running"
                : "process " + JsonTrees.text(running, "pid") + (url.isEmpty() ? "" : " at " + url);
    }
}
