package dev.pawl.manual;

import static dev.pawl.manual.SourcesOfTest.ROOT;
import static dev.pawl.manual.SourcesOfTest.SOURCES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pawl.cli.ManPages;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/**
 * The code of the documentation: its data can be read, its commands are understood, the routes that it calls and its settings exist.
 * ShellBlocksIT runs it.
 */
class CodeBlocksTest {

    /** Words before a command that change who runs it. */
    private static final Set<String> BEFORE = Set.of("sudo", "exec", "-u");

    private static final Set<String> SHELLS = Set.of("sh", "bash", "console");

    /**
     * The languages whose blocks are tried wherever they are: here, by JavaBlocksIT, or by ShellBlocksIT, which runs what does not say why it
     * is not run. What is no code is {@code text}.
     */
    private static final Set<String> LANGUAGES =
            Set.of("sh", "bash", "console", "java", "json", "yaml", "xml", "env", "ini", "text");

    /** The tests of blocks in other languages, below {@code dev.pawl.it}. */
    private static final Map<String, String> OTHER_TESTS = Map.of(
            "ts of README.md", "docs/GeneratedClientIT.java",
            "ts of docs/http-api.md", "docs/GeneratedClientIT.java",
            "js of docs/console.md", "docs/ShellBlocksIT.java",
            "python of docs/callbacks.md", "distribution/CallbacksIT.java",
            "python of docs/module-protocol.md", "processes/ProtocolPageIT.java",
            "js of docs/module-protocol.md", "processes/ProtocolPageIT.java",
            "nginx of docs/reverse-proxy.md", "tls/ReverseProxyIT.java",
            "caddyfile of docs/reverse-proxy.md", "docs/ShellBlocksIT.java",
            "properties of docs/writing-a-module.md", "libraries/LibraryModule.java");

    private static final Pattern VARIABLE = Pattern.compile("\\bPAWL_[A-Z][A-Z_]*\\b");

    /** Variables that are no settings: of the command line, of scripts, of the processes of modules, of tests. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "PAWL_SERVER", "PAWL_URL", "PAWL_TOKEN", "PAWL_CONTEXT", "PAWL_CACERT", "PAWL_JAVA_OPTS", "PAWL_UMASK");

    private static final List<CodeBlock> BLOCKS = CodeBlock.of(pages());

    private static Map<String, String> pages() {
        try {
            Map<String, String> pages = new TreeMap<>(SOURCES.texts());
            SOURCES.generated().forEach(pages::remove);
            pages.put("README.md", Files.readString(ROOT.resolve("README.md")));
            return pages;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyBlockOfDataCanBeRead() throws Exception {
        var json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .build();
        int read = 0;
        for (CodeBlock block : BLOCKS) {
            switch (block.language()) {
                case "json" -> {
                    try {
                        json.readTree(block.text());
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(block.toString(), e);
                    }
                    read++;
                }
                case "yaml" -> {
                    assertTrue(
                            new Load(LoadSettings.builder().build()).loadFromString(block.text()) != null,
                            block::toString);
                    read++;
                }
                case "xml" -> {
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader("<all>" + block.text() + "</all>")));
                    read++;
                }
                default -> {}
            }
        }
        assertTrue(read > 20, "only " + read);
    }

    @Test
    void everyBlockNamesALanguageThatATestTakesCareOf() throws IOException {
        Map<String, String> ofOthers = new TreeMap<>(OTHER_TESTS);
        for (CodeBlock block : BLOCKS) {
            String kind = block.language() + " of " + block.place();
            if (OTHER_TESTS.containsKey(kind)) {
                String test = Files.readString(
                        ROOT.resolve("integration-tests/src/test/java/dev/pawl/it/" + ofOthers.remove(kind)));
                String page = block.place().substring(block.place().lastIndexOf('/') + 1);
                assertTrue(test.contains(page), () -> "the test does not read the page: " + block);
            } else {
                assertTrue(LANGUAGES.contains(block.language()), () -> "no test takes care of it: " + block);
            }
        }
        assertEquals(Map.of(), ofOthers, "such blocks are gone");
    }

    @Test
    void textIsNoCodeInDisguise() {
        Pattern code = Pattern.compile(
                "(?m)^(?:\\$ |(?:\\./|sudo )?(?:pawl|curl|mvn|java|docker|podman|apt) |[A-Z_]+=|import |SELECT |\\{)");
        for (CodeBlock block : BLOCKS) {
            assertTrue(
                    !block.language().equals("text")
                            || !code.matcher(block.text()).find(),
                    block::toString);
        }
    }

    @Test
    void everyCallIsOfARouteThatThereIs() {
        List<Pattern> routes = Pattern.compile("(?m)^### ([A-Z]+ /\\S*)$")
                .matcher(SOURCES.texts().getOrDefault("docs/reference/routes.md", ""))
                .results()
                .map(route -> Pattern.compile(route.group(1).replaceAll("\\{\\w+}", "[^/]+")))
                .toList();
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (CodeBlock block : BLOCKS) {
            if (!SHELLS.contains(block.language())) {
                continue;
            }
            for (List<String> words : ShellCommands.of(block.text())) {
                if (words.get(0).equals("curl")) {
                    String call = CurlCall.of(words);
                    calls++;
                    if (routes.stream().noneMatch(route -> route.matcher(call).matches())) {
                        wrong.add(block.place() + ": " + call);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(calls >= 8, "only " + calls);
    }

    @Test
    void everyCommandIsUnderstoodByTheCommandLine() {
        List<String> wrong = new ArrayList<>();
        int parsed = 0;
        CommandLine commands = ManPages.commands().setCaseInsensitiveEnumValuesAllowed(true);
        for (CodeBlock block : BLOCKS) {
            if (!SHELLS.contains(block.language())) {
                continue;
            }
            for (List<String> words : ShellCommands.of(block.text())) {
                List<String> arguments = argumentsOfPawl(words);
                if (arguments == null
                        || arguments.isEmpty()
                        || arguments.contains("…")
                        || arguments.get(0).equals("help")) {
                    continue;
                }
                parsed++;
                try {
                    commands.parseArgs(arguments.toArray(String[]::new));
                } catch (CommandLine.ParameterException e) {
                    wrong.add(block.place() + ": pawl " + String.join(" ", arguments) + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(parsed > 80, "only " + parsed);
    }

    @Test
    void everySettingInCodeExists() {
        Set<String> known = new TreeSet<>(OTHER_VARIABLES);
        VARIABLE.matcher(SOURCES.texts().getOrDefault("docs/reference/settings.md", ""))
                .results()
                .forEach(name -> known.add(name.group()));
        Set<String> unknown = new TreeSet<>();
        for (CodeBlock block : BLOCKS) {
            boolean isOfModules = block.place().equals("docs/module-protocol.md");
            boolean isOfTests = block.place().equals("CONTRIBUTING.md");
            if (!isOfModules && !isOfTests) {
                VARIABLE.matcher(block.text())
                        .results()
                        .filter(name -> !known.contains(name.group()))
                        .forEach(name -> unknown.add(block.place() + ": " + name.group()));
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void wordsAreThoseOfTheShell() {
        assertEquals(
                List.of(
                        List.of("pawl", "jobs", "--quiet"),
                        List.of("A=b c", "pawl", "logs", "substituted", "-i", "x={\"a\": 1}"),
                        List.of("jq", ".")),
                ShellCommands.of(
                        "$ A='b c' pawl logs $(pawl jobs --quiet) \\\n  -i \"x={\\\"a\\\": 1}\" | jq .   # no word\noutput | of it\n"));
    }

    /** The arguments of a call of pawl; null when the words are no such call. */
    private static List<String> argumentsOfPawl(List<String> words) {
        List<String> rest = words.stream()
                .dropWhile(word -> BEFORE.contains(word) || word.matches("[A-Z_]+=.*"))
                .collect(Collectors.toCollection(ArrayList::new));
        while (rest.size() > 1 && rest.get(0).equals("pawl") && rest.get(1).equals("pawl")) {
            rest.remove(0); // sudo -u pawl pawl
        }
        if (rest.isEmpty() || !rest.get(0).matches("(?:\\./|\\S*/bin/)?pawl")) {
            return null;
        }
        List<String> arguments = rest.subList(1, rest.size());
        int redirected = 0;
        while (redirected < arguments.size() && !arguments.get(redirected).matches("[0-9]?[<>].*")) {
            redirected++;
        }
        return arguments.subList(0, redirected);
    }
}
