package dev.pawl.it.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** No jar of the distribution, nor a jar inside another one, has a version that {@code cnf/known-holes.csv} lists. */
class KnownHolesIT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("pawl.distribution"));
    private static final Path LIST = Path.of(System.getProperty("pawl.root"), "cnf", "known-holes.csv");

    @Test
    void theDistributionHoldsNoVersionWithAKnownHole() throws IOException {
        List<KnownHole> holes = KnownHole.read(Files.readAllLines(LIST));
        ShippedLibraries shipped = ShippedLibraries.in(DISTRIBUTION);
        assertFalse(holes.isEmpty());
        assertTrue(shipped.all().size() > 20, () -> "too few libraries were found: " + shipped.all());
        Set<String> wrong = new TreeSet<>();
        for (KnownHole hole : holes) {
            shipped.of(hole).stream()
                    .filter(hole::isIn)
                    .forEach(library -> wrong.add(hole.id() + " of " + hole.group() + ":" + hole.artifact() + " is in "
                            + library.place() + "; take " + hole.to() + " or later"));
        }
        assertEquals(Set.of(), wrong, () -> String.join("\n", wrong));
    }

    @Test
    void aLibraryIsFoundInAJarWithinAJar() throws IOException {
        byte[] inner = jar(
                "META-INF/maven/org.example/inner/pom.properties",
                "groupId=org.example\nartifactId=inner\nversion=1.2".getBytes(StandardCharsets.UTF_8));
        ShippedLibraries found = ShippedLibraries.in("outer.jar", jar("lib/inner-1.2.jar", inner));
        KnownHole hole = KnownHole.read(List.of("org.example,inner,\"[1.0,1.3)\",X-1,a hole"))
                .get(0);
        assertFalse(found.of(hole).isEmpty());
        assertTrue(
                found.of(hole).stream().allMatch(hole::isIn), () -> found.all().toString());
    }

    @Test
    void aLibraryIsFoundByTheVersionOfTheExportedPackages() throws IOException {
        byte[] bundle = jar(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nExport-Package: org.example.a;version=\"1.2.0\";uses:=\"x,y\"\n"
                        .getBytes(StandardCharsets.UTF_8));
        KnownHole hole = KnownHole.read(List.of("org.example,*,\"[1.0,1.3)\",X-1,a hole"))
                .get(0);
        assertTrue(ShippedLibraries.in("bundle.jar", bundle).of(hole).stream().anyMatch(hole::isIn));
    }

    @Test
    void unpackedClassesThatDoNotSayTheirVersionCountAsHavingTheHole() throws IOException {
        KnownHole hole = KnownHole.read(List.of("org.example,*,\"[1.0,1.3)\",X-1,a hole"))
                .get(0);
        byte[] silent = jar("org/example/a/A.class", new byte[] {1});
        assertTrue(ShippedLibraries.in("silent.jar", silent).of(hole).stream().anyMatch(hole::isIn));
        byte[] other = jar("org/examples/a/A.class", new byte[] {1});
        assertEquals(List.of(), ShippedLibraries.in("other.jar", other).of(hole));
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertTrue(KnownHole.compare("1.10", "1.9") > 0);
        assertTrue(KnownHole.compare("2.0-rc1", "2.0.1") < 0);
        assertTrue(KnownHole.compare("12.0.32", "12.0.33") < 0);
        assertEquals(0, KnownHole.compare("1.6", "1.6.0"));
    }

    private static byte[] jar(String entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            jar.putNextEntry(new ZipEntry(entry));
            jar.write(content);
        }
        return bytes.toByteArray();
    }
}
