package dev.pawl.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A module that was compiled and packed in this process, by the instructions of the parent POM.
 *
 * @param errors what fails its build
 * @param warnings what its build says besides
 * @param headers its manifest
 */
record BuiltModule(List<String> errors, List<String> warnings, Map<String, String> headers) {

    private static final Path PARENT = Path.of("../pawl-module-parent/pom.xml");
    private static final String VERSION = "Bundle-Version";

    /** Builds sources that are named by their first public type. */
    static BuiltModule of(Path folder, List<Path> libraries, String... sources) throws Exception {
        return of(folder, "", libraries, sources);
    }

    /**
     * @param bnd the contents of its bnd.bnd
     * @param libraries the jars that it embeds
     */
    static BuiltModule of(Path folder, String bnd, List<Path> libraries, String... sources) throws Exception {
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        Path embedded = Files.createDirectories(folder.resolve("target/lib"));
        for (Path library : libraries) {
            Files.copy(library, embedded.resolve(library.getFileName()));
        }
        compile(folder, classes, sources);
        try (Builder builder = new Builder()) {
            builder.setBase(folder.toFile());
            builder.setProperty(VERSION, "1.0.0");
            builder.addProperties(instructions());
            builder.addProperties(properties(bnd));
            builder.setJar(new Jar("module", classes.toFile()));
            for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                if (place.endsWith(".jar")) {
                    builder.addClasspath(new File(place));
                }
            }
            Map<String, String> headers = new TreeMap<>();
            builder.build()
                    .getManifest()
                    .getMainAttributes()
                    .forEach((name, value) -> headers.put(name.toString(), value.toString()));
            return new BuiltModule(List.copyOf(builder.getErrors()), List.copyOf(builder.getWarnings()), headers);
        }
    }

    private static void compile(Path folder, Path classes, String... sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-proc:none",
                "-nowarn",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        for (String source : sources) {
            Matcher name = Pattern.compile("public (?:abstract |final )*(?:class|interface|record) (\\w+)")
                    .matcher(source);
            String file = name.find() ? name.group(1) : "Hidden" + arguments.size();
            arguments.add(
                    Files.writeString(folder.resolve(file + ".java"), source).toString());
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
    }

    /** The instructions for bnd in the parent POM. */
    private static Properties instructions() throws IOException {
        Matcher block = Pattern.compile("<!\\[CDATA\\[(.*?)]]>", Pattern.DOTALL).matcher(Files.readString(PARENT));
        if (!block.find()) {
            throw new AssertionError(PARENT + " has no instructions for bnd.");
        }
        return properties(block.group(1).replace("${project.groupId}.${project.artifactId}", "com.example.module"));
    }

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    /** The jar on the class path whose name begins with a text. */
    static Path library(String name) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }
}
