package dev.pawl.cli.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the address that signs a browser in, with a one-time code instead of the token. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = "Prints an address that signs a browser in, once and within a minute.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl open",
            "  pawl open --browser",
            "",
            "The address holds a one-time code in its fragment, which browsers send to nobody; the page spends it.",
            "With --browser the address is on the browser's command line for a moment, where other users of this",
            "machine may see it."
        })
public final class OpenCommand extends ApiCommand {
    /** The code of the server when it takes requests without tokens. */
    private static final String TOKENS_OFF = "PAWL-405";

    @Option(names = "--browser", description = "Opens the address in this machine's browser too.")
    private boolean browser;

    public OpenCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        String address = address(api);
        if (output().isForPrograms()) {
            ObjectNode shown = JsonTrees.object();
            shown.put("url", address);
            output().show(shown, screen(), whole -> {});
        } else {
            screen().line(address);
        }
        if (browser) {
            open(address);
        }
        return ExitCode.OK;
    }

    private static String address(Api api) throws Exception {
        String server = api.address().url().toString();
        try {
            String code = JsonTrees.text(api.post("/session/codes").json(), "code");
            return server + "/console/#code=" + code;
        } catch (ProblemAnswerException e) {
            if (TOKENS_OFF.equals(e.code())) {
                return server + "/"; // everybody may do everything there, without signing in
            }
            throw e;
        }
    }

    private void open(String address) {
        List<String> program = opener();
        try {
            new ProcessBuilder(append(program, address))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            screen().note("The browser does not open (" + program.get(0) + ": " + e.getMessage()
                    + "); open the address yourself.");
        }
    }

    private static List<String> append(List<String> program, String address) {
        return Stream.concat(program.stream(), Stream.of(address)).toList();
    }

    private static List<String> opener() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return List.of("open");
        }
        return system.startsWith("windows") ? List.of("rundll32", "url.dll,FileProtocolHandler") : List.of("xdg-open");
    }
}
