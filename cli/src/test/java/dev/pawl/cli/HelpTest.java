package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help texts for a new user, and their width. */
class HelpTest extends ServedCommandTest {
    private static final String JOB = "/jobs/3f2a91c4";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "status",
                "config",
                "run",
                "wait",
                "resume",
                "retry",
                "callback",
                "prioritize",
                "login",
                "context",
                "completion",
                "context list",
                "context use",
                "context show",
                "context rm",
                "jobs",
                "job",
                "why",
                "logs",
                "result",
                "stop",
                "queue",
                "queue pause",
                "queue resume",
                "queue clear",
                "workers",
                "drain",
                "purge",
                "backup",
                "restore",
                "check",
                "migrate",
                "shell",
                "open",
                "version",
                "module",
                "module list",
                "module show",
                "module source",
                "module install",
                "module uninstall",
                "module enable",
                "module disable",
                "module pause",
                "module resume",
                "module rollback",
                "module promote",
                "module settings",
                "module reload",
                "module conform",
                "module install-git",
                "module sync",
                "module new",
                "module link",
                "module dev",
                "module describe",
                "schedule",
                "schedule list",
                "schedule show",
                "schedule set",
                "schedule rm",
                "schedule pause",
                "schedule resume",
                "schedule run",
                "schedule history",
                "schedule next",
                "schedule upcoming",
                "hook",
                "hook list",
                "hook show",
                "hook set",
                "hook rm",
                "hook deliveries",
                "hook test",
                "notify",
                "notify list",
                "notify show",
                "notify set",
                "notify rm",
                "notify test",
                "notify deliveries",
                "callbacks",
                "callbacks list",
                "callbacks show",
                "callbacks rm",
                "data",
                "data list",
                "data get",
                "data put",
                "data rm"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Pawl.Outcome outcome = pawl.run((command + " --help").split(" ", -1));

        assertEquals(0, outcome.code());
        assertTrue(outcome.out().startsWith("Usage: pawl " + command), outcome.out());
        assertTrue(
                outcome.out().replaceFirst("(?s).*Examples?:", "").contains("  pawl " + command.split(" ", -1)[0]),
                outcome.out());
        assertTrue(outcome.lines().stream().allMatch(line -> line.length() <= 80), outcome.out());
    }

    @Test
    void helpIsACommandToo() {
        assertEquals(pawl.run("--help").out(), pawl.run("help").out());
        assertEquals(pawl.run("run", "--help").out(), pawl.run("help", "run").out());
        assertEquals(
                pawl.run("module", "install", "--help").out(),
                pawl.run("help", "module", "install").out());
        assertEquals(2, pawl.run("help", "jobz").code());
    }

    @Test
    void theCommandsAreShownInGroups() {
        String help = pawl.run("--help").out();

        assertTrue(help.contains("\nJobs:\n  run        Runs a module as a job"), help);
        assertTrue(help.contains("\nServer:\n  serve      Runs the server"), help);
        for (String name : PawlCommand.names()) {
            assertTrue(help.contains("\n  " + name + " "), name + " has no space after it: " + help);
        }
    }

    @Test
    void aCommandThatIsMissingOrUnknownIsAMatterOfUsage() {
        assertEquals(2, pawl.run().code());
        assertEquals(2, pawl.run("module").code());
        Pawl.Outcome unknown = pawl.run("jobz");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("Did you mean: pawl job"), unknown.err());
    }

    @Test
    void commandsRunOnANarrowTerminalAndTheListOfThemFitsAUsualOne() {
        server.answer("GET " + JOB, 200, Jobs.RUNNING);

        for (String line : pawl.run("--help").lines()) {
            assertTrue(line.length() <= 80, line);
        }
        Pawl.Outcome narrow = pawl.onTerminal(40).run("job", "3f2a91c4");
        assertEquals(0, narrow.code(), narrow.err());
        assertEquals(0, pawl.run("--help").code());
    }
}
