package dev.pawl.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.file.FileTree;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.input.TypedValues;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries a module's folder against the module protocol, without a server. */
@Command(
        name = "conform",
        mixinStandardHelpOptions = true,
        description =
                "Tries a module in a folder against the module protocol: starts its program again and again, and says what it does"
                        + " and what is wrong. Needs no server.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl module conform . -i to=3", "  pawl module conform sample -i to=3 -o json"})
public final class ModuleConformCommand implements Callable<Integer> {

    private static final Range LIMIT = new Range(1, 3_600);

    @Parameters(paramLabel = "DIR", description = "The folder with module.json.")
    private Path folder = Path.of("");

    @Option(names = "-i", paramLabel = "KEY=VALUE", description = "An input of the runs. Repeatable.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "-s", paramLabel = "KEY=VALUE", description = "A setting of the runs. Repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "The longest time of a run, 1 to 3600. Default: ${DEFAULT-VALUE}.")
    private int limit = 30;

    @Option(
            names = "--transcript",
            description = "Shows the conversation too: that of the first failure, or of the run.")
    private boolean transcript;

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    public ModuleConformCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws UsageException, InterruptedException, IOException {
        output.prepare(invocation.screen());
        LIMIT.check("--limit", limit);
        Path temporary = Files.createTempDirectory("pawl-shims");
        try {
            ModuleUnderTest module = ModuleUnderTest.of(folder.toAbsolutePath().normalize(), ShimFolder.in(temporary));
            Conformance checks = new Conformance(
                    module,
                    values(module, "inputs", "-i", inputs),
                    values(module, "settings", "-s", settings),
                    limit * 1_000L);
            List<Finding> findings = checks.all();
            output.show(report(module, findings, checks.transcript()), invocation.screen(), this::tell);
            return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.WRONG)
                    ? ExitCode.FAILED
                    : ExitCode.OK;
        } finally {
            FileTree.delete(temporary);
        }
    }

    /** The given values and the declared defaults; a required one that is missing is asked for. */
    private static ObjectNode values(ModuleUnderTest module, String list, String option, Map<String, String> given)
            throws UsageException {
        JsonNode fields = module.manifest().path(list);
        ObjectNode values = TypedValues.of(option, given, fields);
        for (JsonNode field : fields) {
            String id = JsonTrees.text(field, "id");
            JsonNode otherwise = field.path("default");
            if (!values.has(id) && !otherwise.isMissingNode() && !otherwise.isNull()) {
                values.set(id, otherwise);
            }
            if (!values.has(id) && field.path("required").asBoolean()) {
                throw new UsageException("The module needs " + id + ": give it by " + option + " " + id + "=VALUE.");
            }
        }
        return values;
    }

    private static ObjectNode report(ModuleUnderTest module, List<Finding> findings, List<String> transcript) {
        ObjectNode report = JsonTrees.object()
                .put("module", module.id())
                .put("version", module.version())
                .put("runtime", module.runtime());
        report.put("conforms", findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.WRONG));
        ArrayNode checks = report.putArray("checks");
        findings.forEach(finding -> checks.addObject()
                .put("check", finding.check())
                .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                .put("detail", finding.detail()));
        ArrayNode lines = report.putArray("transcript");
        transcript.forEach(lines::add);
        return report;
    }

    private void tell(JsonNode report) {
        Screen screen = invocation.screen();
        Table table = new Table()
                .column("CHECK", Fit.WHOLE)
                .column("VERDICT", Fit.WHOLE)
                .column("DETAIL", Fit.FLEXIBLE);
        JsonTrees.stream(report.path("checks")).forEach(check -> {
            String verdict = JsonTrees.text(check, "verdict");
            boolean wrong = verdict.equals("wrong");
            Colour colour = wrong ? Colour.RED : verdict.equals("ok") ? Colour.GREEN : Colour.YELLOW;
            String detail = JsonTrees.text(check, "detail");
            table.row(Cell.of(JsonTrees.text(check, "check")), new Cell(verdict, colour), Cell.of(wrong ? "" : detail));
            if (wrong) {
                table.note(detail);
            }
        });
        screen.lines(table.lines(screen.terminal()));
        if (transcript) {
            screen.line("");
            JsonTrees.stream(report.path("transcript")).forEach(line -> screen.line(JsonTrees.text(line)));
        }
    }
}
