package dev.pawl.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.net.PostgresUrl;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.EmbeddedServer.Direction;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Moves the store of a data folder to a database that servers share, or back. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description =
                "Moves all that a stopped server keeps from its data folder to an empty PostgreSQL database, or back.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl migrate --to postgresql://pawl@db.example.org/pawl",
            "  pawl migrate --from postgresql://pawl@db.example.org/pawl --data-dir ~/pawl-alone",
            "",
            "The password is in PAWL_STORE_PASSWORD_FILE, PAWL_STORE_PASSWORD or PGPASSFILE. What was moved stays where it was.",
            "Both sides are counted and compared by hashes before the new store is open to servers. docs/cluster.md has the steps."
        })
public final class MigrateCommand implements Callable<Integer> {

    private static final int SHOWN_OF_HASH = 16;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "The empty database that gets what the data folder has: postgresql://USER@HOST/DATABASE.")
    private @Nullable String to;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "The database whose contents go to the data folder, which has no store yet.")
    private @Nullable String from;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    public MigrateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        Screen screen = invocation.screen();
        output.prepare(screen);
        Direction direction = to == null ? Direction.FROM_SHARED : Direction.TO_SHARED;
        String address = address();
        EmbeddedServer embedded = invocation
                .embedded()
                .orElseThrow(() -> new UsageException(
                        "This command was installed without the server; use bin/pawl of a full distribution."));
        MigrationProgress progress = new MigrationProgress(screen, !output.isForPrograms() && !output.isQuiet());
        JsonNode answer;
        try {
            answer = JsonTrees.of(embedded.migrate(direction, address, server.flags(), progress));
        } finally {
            screen.clear();
        }
        output.show(answer, screen, moved -> report(moved, direction));
        return ExitCode.OK;
    }

    private String address() throws UsageException {
        if ((to == null) == (from == null)) {
            throw new UsageException(
                    "Say either --to or --from, with the address of the database: postgresql://USER@HOST/DATABASE.");
        }
        String option = to == null ? "--from" : "--to";
        String address = String.valueOf(to == null ? from : to);
        if (PostgresUrl.parse(address).isEmpty()) {
            String shown = address.replaceAll("://[^@/]*@", "://…@"); // it may have a password
            throw new UsageException(option + " is \"" + shown
                    + "\"; it takes postgresql://USER@HOST:PORT/DATABASE?sslmode=…, without a password: that is in"
                    + " PAWL_STORE_PASSWORD_FILE, PAWL_STORE_PASSWORD or PGPASSFILE.");
        }
        return address;
    }

    private void report(JsonNode answer, Direction direction) {
        Screen screen = invocation.screen();
        Table table = new Table()
                .column("RECORDS", Table.Fit.FLEXIBLE)
                .column("NUMBER", Table.Fit.NUMBER)
                .column("HASH", Table.Fit.WHOLE);
        JsonTrees.stream(answer.path("kinds"))
                .filter(kind -> kind.path("records").asLong() > 0)
                .forEach(kind -> table.row(
                        Cell.of(JsonTrees.text(kind, "kind")),
                        Cell.of(JsonTrees.text(kind, "records")),
                        Cell.of(JsonTrees.text(kind, "sha256").substring(0, SHOWN_OF_HASH))));
        screen.table(table, "There was nothing to move.");
        screen.line("");
        screen.line("Moved from " + JsonTrees.text(answer, "from") + " to " + JsonTrees.text(answer, "to")
                + ": numbers and hashes are the same on both sides. What was moved is still where it was.");
        String files = JsonTrees.stream(answer.path("not_in_the_store"))
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        if (direction == Direction.TO_SHARED) {
            screen.line("Start the first server on " + JsonTrees.text(answer, "data") + " with PAWL_STORE_URL=" + to
                    + "."
                    + (files.isEmpty() ? "" : " Each further one needs copies of these files of it: " + files + "."));
        } else {
            screen.line(
                    "Start one server on " + JsonTrees.text(answer, "data")
                            + " without PAWL_STORE_URL; it needs secret.key, callback.key and config of one of the former ones.");
        }
    }
}
