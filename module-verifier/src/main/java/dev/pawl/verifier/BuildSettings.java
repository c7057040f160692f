package dev.pawl.verifier;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.AnalyzerPlugin;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes down how Maven builds a module: bnd's instructions, the class path, and the jars of the plugins of bnd. {@code pawl module dev}
 * builds the same without Maven. The file is {@code pawl/build.properties} in the build's folder.
 */
public final class BuildSettings implements AnalyzerPlugin {

    /** The prefix of bnd's instructions in the file. */
    static final String INSTRUCTION = "bnd.";

    private static final int BEFORE_OTHERS = -1_000;
    private static final String FOLDER = "project.build.directory";

    /** Members of Maven's own objects, which only Maven's process has. */
    private static final Pattern OF_MAVEN = Pattern.compile("\\$\\{((?:project|settings)\\.[\\w.]+)\\}");

    /** Other plugins add instructions of their own, which depend on the classes. */
    @Override
    public int ordering() {
        return BEFORE_OTHERS;
    }

    @Override
    public boolean analyzeJar(Analyzer analyzer) throws IOException {
        String folder = analyzer.getProperty(FOLDER);
        if (folder != null) {
            write(of(analyzer), Files.createDirectories(Path.of(folder, "pawl")).resolve("build.properties"));
        }
        return false;
    }

    private static Properties of(Analyzer analyzer) throws IOException {
        Properties settings = new Properties();
        for (String key : analyzer.getPropertyKeys(true)) {
            String value = analyzer.getUnexpandedProperty(key);
            if (value != null && !key.startsWith("env.") && !key.startsWith("_")) {
                settings.setProperty(INSTRUCTION + key, withoutMaven(value, analyzer));
            }
        }
        settings.setProperty("release", analyzer.getProperty("maven.compiler.release", "17"));
        settings.setProperty(
                "jar", analyzer.getProperty(FOLDER) + "/" + analyzer.getProperty("project.build.finalName") + ".jar");
        settings.setProperty("class-path", classPath(analyzer));
        settings.setProperty("tools", tools());
        return settings;
    }

    private static String withoutMaven(String value, Analyzer analyzer) {
        return OF_MAVEN.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(analyzer.getProperty(found.group(1), found.group())));
    }

    private static String classPath(Analyzer analyzer) {
        List<String> files = new ArrayList<>();
        for (Jar jar : analyzer.getClasspath()) {
            if (jar.getSource() != null && jar.getSource().isFile()) {
                files.add(jar.getSource().getAbsolutePath());
            }
        }
        return String.join(File.pathSeparator, files);
    }

    /** The jars that this class and bnd are loaded from: those of the Maven plugin. */
    private static String tools() throws IOException {
        List<String> files = new ArrayList<>();
        if (BuildSettings.class.getClassLoader() instanceof URLClassLoader plugin) {
            for (URL url : plugin.getURLs()) {
                try {
                    files.add(Path.of(url.toURI()).toString());
                } catch (java.net.URISyntaxException e) {
                    throw new IOException(e);
                }
            }
        }
        return String.join(File.pathSeparator, files);
    }

    /** A reader finds all of the file or none of it. */
    private static void write(Properties settings, Path file) throws IOException {
        Path whole = Files.createTempFile(file.getParent(), "build", ".new");
        try (OutputStream out = Files.newOutputStream(whole)) {
            settings.store(out, "How Maven builds this module, for `pawl module dev`");
        }
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
