package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java in the documentation compiles against what authors have: as it stands, or within the class that its page leaves out. */
class JavaBlocksIT {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));
    private static final Pattern BLOCK = Pattern.compile("(?m)^( *)```java\n(.*?)^\\1```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

    private static final String IMPORTS = """
            import dev.pawl.api.module.*;
            import dev.pawl.api.module.Module;
            import dev.pawl.process.*;
            import java.nio.file.*;
            import java.util.*;
            import org.apache.felix.hc.api.*;
            import org.osgi.framework.Version;
            import org.osgi.service.component.annotations.*;
            """;

    /** The surroundings that blocks take for granted: the module around them, and its members. */
    private static final String MODULE = """
            abstract class Fragment implements Module {
                interface Settings { String ffmpeg(); }
                Settings settings; String report; String source; String target;
                %s
            }
            """;

    @TempDir
    Path folder;

    @Test
    void everyBlockOfJavaCompiles() throws Exception {
        List<String> wrong = new ArrayList<>();
        int compiled = 0;
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                String said = compiled(whole(block.group(2)), compiled++);
                if (!said.isEmpty()) {
                    wrong.add(ROOT.relativize(page) + ":\n" + block.group(2) + said);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compiled >= 11, "only " + compiled);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.filter(file -> file.toString()
                            .endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    private static String whole(String block) {
        if (block.startsWith("package ") || block.startsWith("import ")) {
            return block;
        }
        if (block.contains("class LicenceCheck")) {
            return IMPORTS + "interface Licences { boolean answer(); }\n"
                    + block.replace("implements HealthCheck {", "implements HealthCheck {\n    Licences licences;");
        }
        if (TYPE.matcher(block).find()) {
            return IMPORTS + block;
        }
        if (block.startsWith("@AutomationModule")) {
            return IMPORTS + block
                    + "abstract class ReportModule implements Module { public record Inputs(int days) {} }\n";
        }
        boolean isMethod = block.stripLeading().startsWith("@Override");
        return IMPORTS
                + MODULE.formatted(isMethod ? block : "void part(TaskContext task) throws Exception {\n" + block + "}");
    }

    private String compiled(String source, int number) throws IOException {
        Matcher type = TYPE.matcher(source);
        String name = type.find() ? type.group(1) : "Fragment";
        Path sources = Files.createDirectories(folder.resolve("block" + number));
        Path file = Files.writeString(sources.resolve(name + ".java"), source);
        List<Path> files = new ArrayList<>(List.of(file));
        if (source.contains("class WordCountModuleTest")) {
            files.add(Files.writeString(
                    sources.resolve("WordCountModule.java"),
                    PageBlock.of("docs/tutorial.md", "java", "public final class WordCountModule")));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "17", "-proc:none", "-Xlint:none", "-d", sources.toString());
            boolean isSound = compiler.getTask(
                            said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            return isSound ? "" : said.toString();
        }
    }
}
