package dev.pawl.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.Pawl;
import dev.pawl.cli.command.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that make the project of a module, and connect it with an installation. */
class ModuleNewCommandTest {

    private static final String HOME = "pawl.home";

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = folder.resolve("my päwl");
        Path parent = home.resolve("lib/repository/dev/pawl/pawl-module-parent/1");
        Files.createDirectories(parent);
        Files.writeString(parent.resolve("pawl-module-parent-" + Version.number() + ".pom"), "<project/>");
        System.setProperty(HOME, home.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(HOME);
    }

    private Pawl.Outcome make(String name, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("module", "new", folder.resolve(name).toString()), Stream.of(more))
                .toArray(String[]::new);
        return Pawl.alone(folder).run(arguments);
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void theProjectNamesItsInstallationInAFileThatIsNotForGit() throws Exception {
        Pawl.Outcome made = make("word-count");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("mvn verify"), made.out());
        assertTrue(read("word-count/.mvn/maven.config").contains("/my%20päwl/lib/repository\n"));
        assertTrue(read("word-count/.gitignore").contains(".mvn/maven.config"));
        assertEquals("<project/>", read("word-count/.mvn/pawl-module-parent.xml"));
        assertFalse(read("word-count/pom.xml").contains("file:"));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("my päwl", "word-count"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void theInputsBecomeARecord() throws Exception {
        Pawl.Outcome made = make(
                "feed",
                "--group",
                "com.acme",
                "--inputs",
                "url:uri!, word:text=\"a, \\ b\", max_items:integer=5, pause:duration=2s, token:secret, tags:list");

        assertEquals(0, made.code(), made.err());
        String source = read("feed/src/main/java/com/acme/feed/FeedModule.java");
        assertTrue(source.contains("package com.acme.feed;"), source);
        assertTrue(source.contains("@Required URI url,"), source);
        assertTrue(source.contains("@Default(\"a, \\\\ b\") String word,"), source);
        assertTrue(source.contains("@Default(\"5\") @Bounds(min = 1, max = 1_000) int maxItems,"), source);
        assertTrue(source.contains("@Default(\"2s\") Duration pause,"), source);
        assertTrue(source.contains("@Secret String token,"), source);
        assertTrue(source.contains("List<String> tags) {}"), source);
        assertTrue(source.contains("int steps = inputs.maxItems();"), source);
    }

    @Test
    void theCommandsThatComeNextGiveAJobWhatItMustHave() throws Exception {
        String usual = make("usual").out();
        assertTrue(usual.contains("\n  pawl run usual -i name=Ada --follow\n"), usual);
        assertTrue(usual.contains("\n  pawl module dev -i name=Ada\n"), usual);
        assertTrue(read("usual/README.md").contains("pawl run usual -i name=Ada --follow\n"));
        assertTrue(make("none", "--inputs", "a:text").out().contains("\n  pawl run none --follow\n"));

        String each = make(
                        "each",
                        "--inputs",
                        "a:text!, b:integer!, c:number!, d:boolean!, e:secret!, f:list!, g:json!, h:duration!, i:date!,"
                                + " j:path!, k:uri!, l:text=x")
                .out();
        assertTrue(
                each.contains("  pawl run each -i a=Ada -i b=3 -i c=1.5 -i d=true -i e=open-sesame"
                        + " -i 'f=[\"one\", \"two\"]' -i 'g={\"key\": 1}' -i h=30s -i i=2026-01-31 -i j=/tmp/file"
                        + " -i k=https://example.com/ --follow\n"),
                each);
        String spaced = make("my päwl/spaced").out();
        assertTrue(spaced.contains("  cd '" + folder.resolve("my päwl/spaced") + "'\n"), spaced);
    }

    @Test
    void kotlinIsWrittenForThoseWhoAskForIt() throws Exception {
        Pawl.Outcome made = make(
                "feed",
                "--kotlin",
                "--inputs",
                "url:uri!, word:text=\"5 $ each\", pages:integer=5, tags:list, deep:boolean");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("FeedModule.kt"), made.out());
        String source = read("feed/src/main/kotlin/com/example/feed/FeedModule.kt");
        assertTrue(source.contains("@param:Required val url: URI,"), source);
        assertTrue(source.contains("@param:Default(\"5 \\$ each\") val word: String,"), source);
        assertTrue(source.contains("@param:Bounds(min = 1, max = 1_000) val pages: Int,"), source);
        assertTrue(source.contains("val tags: List<String>?,"), source);
        assertTrue(source.contains("val deep: Boolean\n"), source);
        String test = read("feed/src/test/kotlin/com/example/feed/FeedModuleTest.kt");
        assertTrue(test.contains("\"word\" to \"5 \\$ each\""), test);
        assertFalse(Files.exists(folder.resolve("feed/src/main/java")));
        assertTrue(read("feed/.gitignore").contains(".mvn/pawl-dev.json"));
    }

    @Test
    void theNamesAreThoseOfJava() throws Exception {
        make("new");
        make("module");
        make("my-module");

        assertTrue(Files.exists(folder.resolve("new/src/main/java/com/example/newmodule/NewModule.java")));
        assertTrue(Files.exists(folder.resolve("module/src/main/java/com/example/module/ModuleModule.java")));
        assertTrue(Files.exists(folder.resolve("my-module/src/main/java/com/example/mymodule/MyModule.java")));
    }

    @Test
    void whatIsThereIsNeverOverwritten() throws Exception {
        Files.writeString(folder.resolve("taken"), "mine");

        Pawl.Outcome refused = make("taken");

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("already, and nothing is overwritten"), refused.err());
        assertEquals("mine", read("taken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Word", "word_count", "1st", "wörter", "a--b"})
    void aNameThatIsNoModulesIdIsRefused(String name) {
        Pawl.Outcome refused = make(name);

        assertEquals(2, refused.code());
        assertTrue(
                refused.err().contains("The name is \"" + name + "\"; a module's name has lower-case"), refused.err());
        assertFalse(Files.exists(folder.resolve(name)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                name:txt                 | the type of name is "txt"; there are text, integer, number, boolean
                Name:text                | the name "Name" is not in snake_case
                class:text               | the name class has a meaning in Java; choose another, such as class_value
                to_string:text           | the name to_string has a meaning in Java
                a:text, a:integer        | a is there twice; give each input once
                n:integer=three          | the default of n is "three", which is not of the type integer
                n:integer!=3             | n is required and has the default "3"; leave out the ! or the default
                p:secret=1234            | the default of p is "1234", which is not of the type secret
                d:duration=soon          | the default of d is "soon", which is not of the type duration
                a:text,,b:text           | "" is no input; an input is written NAME:TYPE
                a b:text                 | "a b:text" is no input; an input is written NAME:TYPE
                a:text="x                | a double quote is not closed in "a:text="x"
                """)
    void anInputThatCannotBeOneIsNamedWithTheRemedy(String inputs, String sentence) {
        Pawl.Outcome refused = make("word-count", "--inputs", inputs);

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--inputs: " + sentence), refused.err());
        assertFalse(Files.exists(folder.resolve("word-count")));
    }

    @Test
    void aGroupThatIsNoPackageAndAFolderThatIsMissingAreRefused() {
        assertTrue(make("word-count", "--group", "com.new").err().contains("--group is \"com.new\""));
        assertTrue(make("no/such/word-count").err().contains("does not exist. Make it first."));
    }

    @Test
    void aTerminalAsksForWhatIsMissing() {
        Pawl.Outcome asked = Pawl.alone(folder)
                .answeringWith("") // the name
                .run("module", "new");
        assertEquals(2, asked.code());
        assertTrue(asked.err().contains("NAME is missing"), asked.err());

        Pawl.Outcome inputs = Pawl.alone(folder)
                .answeringWith("what?") // the inputs
                .run("module", "new", folder.resolve("word-count").toString());
        assertTrue(inputs.err().contains("--inputs: the name \"what?\""), inputs.err());

        Pawl.Outcome silent = Pawl.alone(folder)
                .answeringWith("what?")
                .run("module", "new", folder.resolve("word-count").toString(), "--no-interactive");
        assertEquals(0, silent.code(), silent.err());
    }

    @Test
    void programsGetJsonAndPipesTheId() {
        assertTrue(make("one", "-o", "json").out().contains("\"class\":\"com.example.one.OneModule\""));
        assertEquals("two\n", make("two", "--quiet").out());
    }

    @Test
    void aProjectIsLinkedWithTheInstallationThatLinksIt() throws Exception {
        make("word-count");
        Path pom = folder.resolve("word-count/pom.xml");
        Files.writeString(pom, Files.readString(pom).replace(Version.number(), "0.0.9"));
        Files.delete(folder.resolve("word-count/.mvn/maven.config"));

        Pawl.Outcome linked = Pawl.alone(folder)
                .run("module", "link", folder.resolve("word-count").toString());

        assertEquals(0, linked.code(), linked.err());
        assertTrue(linked.out().contains("(was 0.0.9)"), linked.out());
        assertTrue(read("word-count/pom.xml").contains("<version>" + Version.number() + "</version>"));
        assertTrue(read("word-count/pom.xml").contains("<version>1.0.0</version>"));
        assertTrue(read("word-count/.mvn/maven.config").contains("my%20päwl"));
    }

    @Test
    void onlyTheProjectOfAModuleIsLinked() {
        Pawl.Outcome refused = Pawl.alone(folder).run("module", "link", folder.toString());

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("holds no project of a module"), refused.err());
        assertFalse(Files.exists(folder.resolve(".mvn")));
    }

    @Test
    void anInstallationWithoutTheFilesForAuthorsSaysSo() {
        System.setProperty(HOME, folder.resolve("elsewhere").toString());

        assertTrue(make("word-count").err().contains("Unpack the whole archive of Pawl."));
        assertFalse(Files.exists(folder.resolve("word-count")));
    }
}
