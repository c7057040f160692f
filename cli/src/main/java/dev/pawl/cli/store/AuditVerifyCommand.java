package dev.pawl.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.launch.UpkeepWork;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifies the audit log. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks that no entry of the audit log was changed or removed; fails when one was.",
        footerHeading = "%nExample:%n",
        footer = "  pawl audit verify --expect 9c1f…")
public final class AuditVerifyCommand extends UpkeepCommand {

    @Option(
            names = "--expect",
            paramLabel = "HASH",
            description = "A hash that an earlier verification showed; its entry must still be there.")
    private String expected = "";

    public AuditVerifyCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected JsonNode execute() throws Exception {
        return either(UpkeepWork.VERIFY_AUDIT, expected.isEmpty() ? Map.of() : Map.of("expect", expected));
    }

    @Override
    void report(JsonNode answer) {
        String kept = JsonTrees.text(answer, "entries") + " entries, from number " + JsonTrees.text(answer, "first");
        if (answer.path("sound").asBoolean()) {
            screen().line("The audit log is as it was written: " + kept + ".");
            screen().line("The hash of the last entry, to be noted elsewhere: " + JsonTrees.text(answer, "head"));
        } else {
            screen().line("The audit log is not as it was written, at entry " + JsonTrees.text(answer, "broken") + ": "
                    + JsonTrees.text(answer, "defect"));
            screen().line("Before that: " + kept + ".");
        }
    }

    @Override
    int exitCode(JsonNode answer) {
        return answer.path("sound").asBoolean() ? ExitCode.OK : ExitCode.FAILED;
    }
}
