package dev.pawl.it.libraries;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Finds the libraries in a distribution: each jar, each jar inside a jar, and everything unpacked into another jar. A library is identified
 * by its Maven properties, the versions of exported packages, the header {@code Pawl-Embedded}, or its file name.
 */
final class ShippedLibraries {

    /** The header that lists the libraries unpacked into one of Pawl's bundles: {@code group:artifact:version}, separated by commas. */
    static final String EMBEDDED = "Pawl-Embedded";

    private static final Pattern NAMED =
            Pattern.compile("([A-Za-z][\\w.]*?(?:-[A-Za-z][\\w.]*?)*)-(\\d[\\w.-]*)\\.jar");
    private static final Pattern EXPORT = Pattern.compile("([a-z][\\w.]*)((?:;[^,\";]*(?:\"[^\"]*\")?)*)");
    private static final Pattern VERSION = Pattern.compile(";version=\"?([\\w.]+)\"?");

    private final Set<Library> found = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    private final Set<String> packages = new TreeSet<>();

    private ShippedLibraries() {}

    /** Finds the libraries in all jars below a folder. */
    static ShippedLibraries in(Path folder) throws IOException {
        var libraries = new ShippedLibraries();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(ShippedLibraries::holdsClasses)
                    .sorted()
                    .toList()) {
                libraries.look(folder.relativize(jar).toString(), Files.readAllBytes(jar));
            }
        }
        return libraries;
    }

    /** Whether it is a library, and not the sources or the Javadoc of one. */
    static boolean holdsClasses(Path jar) {
        return !jar.toString().endsWith("-sources.jar") && !jar.toString().endsWith("-javadoc.jar");
    }

    /** Finds the libraries in one jar. */
    static ShippedLibraries in(String name, byte[] jar) {
        var libraries = new ShippedLibraries();
        libraries.look(name, jar);
        return libraries;
    }

    List<Library> all() {
        return List.copyOf(found);
    }

    /** The libraries that a row is about, and packages of its group in jars that do not state their version. */
    List<Library> of(KnownHole hole) {
        List<Library> of = new ArrayList<>(found.stream().filter(hole::isAbout).toList());
        if (hole.artifact().equals("*")) {
            packages.stream()
                    .filter(holder -> holder.startsWith(hole.group() + "@"))
                    .map(holder -> holder.substring(hole.group().length() + 1))
                    .filter(place -> of.stream().noneMatch(library -> place.startsWith(library.place())))
                    .forEach(place -> of.add(new Library(hole.group(), "*", "", place)));
        }
        return of;
    }

    private void look(String place, byte[] jar) {
        try {
            named(place);
            manifest(place, jar);
            try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(jar))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    look(place, entry.getName(), entries);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(place, e);
        }
    }

    private void look(String place, String name, InputStream content) throws IOException {
        if (name.endsWith(".jar")) {
            look(place + "!" + name, content.readAllBytes());
        } else if (name.endsWith("/pom.properties")) {
            Properties maven = new Properties();
            maven.load(content);
            found.add(new Library(
                    maven.getProperty("groupId"),
                    maven.getProperty("artifactId"),
                    maven.getProperty("version"),
                    place));
        } else if (name.endsWith(".class")) {
            String[] words = name.split("/", -1);
            String prefix = words[0];
            for (int n = 1; n < words.length - 1; n++) {
                prefix += "." + words[n];
                packages.add(prefix + "@" + place);
            }
        }
    }

    private void named(String place) {
        Matcher name = NAMED.matcher(place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf('!')) + 1));
        if (name.matches()) {
            found.add(new Library("", name.group(1), name.group(2), place));
        }
    }

    private void manifest(String place, byte[] jar) throws IOException {
        try (JarInputStream entries = new JarInputStream(new ByteArrayInputStream(jar))) {
            if (entries.getManifest() == null) {
                return;
            }
            Attributes headers = entries.getManifest().getMainAttributes();
            String embedded = headers.getValue(EMBEDDED);
            if (embedded != null) {
                for (String one : embedded.split("\\s*,\\s*", -1)) {
                    String[] words = one.split(":", -1);
                    found.add(new Library(words[0], words[1], words[2], place));
                }
            }
            String exports = headers.getValue("Export-Package");
            Matcher export = EXPORT.matcher(exports == null ? "" : exports);
            while (export.find()) {
                Matcher version = VERSION.matcher(export.group(2));
                if (version.find()) {
                    found.add(new Library(export.group(1), "*", version.group(1), place));
                }
            }
        }
    }
}
