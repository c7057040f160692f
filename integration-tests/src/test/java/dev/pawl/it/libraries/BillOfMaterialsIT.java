package dev.pawl.it.libraries;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.libraries.BillOfMaterials.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

/** The bill of materials names exactly the contents of the distribution. */
class BillOfMaterialsIT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("pawl.distribution"));
    private static final Path FILE = DISTRIBUTION.resolve("sbom.cdx.json");

    private static BillOfMaterials bill;
    private static List<Path> jars;

    @BeforeAll
    static void read() throws IOException {
        bill = BillOfMaterials.read(FILE);
        try (Stream<Path> files = Files.walk(DISTRIBUTION)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(ShippedLibraries::holdsClasses)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyJarIsAComponentAndEveryComponentAJar() {
        Set<String> files =
                jars.stream().map(jar -> jar.getFileName().toString()).collect(toCollection(TreeSet::new));
        Set<String> listed = bill.components().stream()
                .map(component -> component.name() + "-" + component.version() + ".jar")
                .collect(toCollection(TreeSet::new));
        assertTrue(files.size() > 20, files::toString);
        assertEquals(files, listed);
        assertEquals(listed.size(), bill.components().size(), "a library is listed more than once");
    }

    @Test
    void everyLibraryThatTellsOfItselfInAJarIsListedWithItsVersion() throws IOException {
        List<Library> shipped = ShippedLibraries.in(DISTRIBUTION).all().stream()
                .filter(library -> !library.artifact().equals("*"))
                .toList();
        Set<String> missing = shipped.stream()
                .filter(library -> bill.all().stream().noneMatch(component -> component.is(library)))
                .map(Library::toString)
                .collect(toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatOurJarsHoldUnpackedIsListedInsideThem() throws IOException {
        Set<String> holders = new TreeSet<>();
        for (Component component : bill.components()) {
            if (component.group().equals("dev.pawl")) {
                for (Path jar : jarsOf(component)) {
                    if (holdsWhatIsListed(component, jar)) {
                        holders.add(component.name());
                    }
                }
            }
        }
        assertEquals(
                Set.of(
                        "browser",
                        "deploy-bundle",
                        "fetch-bundle",
                        "handbrake",
                        "http-bundle",
                        "http-client",
                        "matroska",
                        "metrics-bundle",
                        "notification-bundle",
                        "oidc-bundle",
                        "otel-bundle"),
                holders);
    }

    private static List<Path> jarsOf(Component component) {
        String name = component.name() + "-" + component.version() + ".jar";
        return jars.stream()
                .filter(jar -> jar.getFileName().toString().equals(name))
                .toList();
    }

    /** The libraries that lie in a jar as jars. */
    private static List<String> nested(Path file) throws IOException {
        return ShippedLibraries.in(file.getFileName().toString(), Files.readAllBytes(file)).all().stream()
                .filter(library -> !library.group().isEmpty())
                .filter(library ->
                        library.place().endsWith("/" + library.artifact() + "-" + library.version() + ".jar"))
                .map(library -> library.group() + ":" + library.artifact() + ":" + library.version())
                .toList();
    }

    /** Checks that a jar contains the third-party libraries listed for it, and returns whether it contains any. */
    private static boolean holdsWhatIsListed(Component component, Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            String embedded = jar.getManifest().getMainAttributes().getValue(ShippedLibraries.EMBEDDED);
            Set<String> named = new TreeSet<>(nested(file));
            if (embedded != null) {
                named.addAll(Arrays.asList(embedded.split("\\s*,\\s*", -1)));
            }
            assertEquals(
                    component.inside().stream().map(Component::coordinates).collect(toCollection(TreeSet::new)),
                    named,
                    file::toString);
            List<String> foreign = jar.stream()
                    .map(entry -> entry.getName().replace('/', '.'))
                    .filter(name -> name.endsWith(".class") && !name.startsWith("dev.pawl."))
                    .toList();
            for (String type : foreign) {
                assertTrue(
                        component.inside().stream().anyMatch(inside -> inside.mayHold(type)),
                        () -> type + " in " + file + " belongs to no library that is listed inside it");
            }
            return !foreign.isEmpty();
        }
    }

    @Test
    void theNativeLibraryIsListedInTheVersionThatAnswers() throws Exception {
        try (var connection = new SQLiteDataSource().getConnection();
                var row = connection.createStatement().executeQuery("select sqlite_version()")) {
            assertTrue(row.next());
            String version = row.getString(1);
            assertTrue(bill.all().stream()
                    .anyMatch(component -> component.purl().equals("pkg:generic/sqlite@" + version)));
        }
    }

    @Test
    void theBillIsCycloneDxWithAPackageAddressAndALicenceForEach() throws IOException {
        assertEquals("CycloneDX", bill.document().path("bomFormat").asText());
        assertEquals("1.6", bill.document().path("specVersion").asText());
        assertEquals(
                Files.readString(DISTRIBUTION.resolve("VERSION")).strip(),
                bill.document().at("/metadata/component/version").asText());
        assertFalse(Files.readString(FILE).contains("${"));
        for (Component component : bill.all()) {
            if (!component.group().isEmpty()) {
                assertEquals(
                        "pkg:maven/" + component.group() + "/" + component.name() + "@" + component.version()
                                + "?type=jar",
                        component.purl());
            }
        }
        bill.document()
                .findParents("purl")
                .forEach(node -> assertEquals(1, node.path("licenses").size(), node::toString));
    }
}
