package dev.pawl.it.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Checks the architecture rules against the class files of every part. */
class ArchitectureIT {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));

    /** The parts whose classes are checked: folder to root package. */
    private static final Map<String, String> PARTS = new TreeMap<>(Map.ofEntries(
            entry("base-library", "dev.pawl.base"),
            entry("launch", "dev.pawl.launch"),
            entry("api-bundle", "dev.pawl.api"),
            entry("service-bundle", "dev.pawl.service"),
            entry("scheduler-bundle", "dev.pawl.scheduler"),
            entry("store-kit", "dev.pawl.store.kit"),
            entry("store-bundle", "dev.pawl.store.sqlite"),
            entry("postgres-bundle", "dev.pawl.store.postgres"),
            entry("deploy-bundle", "dev.pawl.deploy"),
            entry("guard-bundle", "dev.pawl.guard"),
            entry("leak-bundle", "dev.pawl.leak"),
            entry("fetch-bundle", "dev.pawl.fetch"),
            entry("process-bundle", "dev.pawl.processes"),
            entry("metrics-bundle", "dev.pawl.metrics"),
            entry("schedule-bundle", "dev.pawl.schedule"),
            entry("notification-bundle", "dev.pawl.notification"),
            entry("hook-bundle", "dev.pawl.hook"),
            entry("console-bundle", "dev.pawl.console"),
            entry("oidc-bundle", "dev.pawl.oidc"),
            entry("otel-bundle", "dev.pawl.otel"),
            entry("file-kit", "dev.pawl.file"),
            entry("process-kit", "dev.pawl.process"),
            entry("web-kit", "dev.pawl.web"),
            entry("http-bundle", "dev.pawl.http"),
            entry("shell-bundle", "dev.pawl.shell"),
            entry("runtime", "dev.pawl.runtime"),
            entry("cli", "dev.pawl.cli"),
            entry("sample-modules/hello", "dev.pawl.samples.hello"),
            entry("sample-modules/files", "dev.pawl.samples.files"),
            entry("sample-modules/backup", "dev.pawl.samples.backup"),
            entry("sample-modules/browser", "dev.pawl.samples.browser"),
            entry("sample-modules/command", "dev.pawl.samples.command"),
            entry("sample-modules/ffmpeg", "dev.pawl.samples.ffmpeg"),
            entry("sample-modules/handbrake", "dev.pawl.samples.handbrake"),
            entry("sample-modules/http-client", "dev.pawl.samples.http"),
            entry("sample-modules/image", "dev.pawl.samples.image"),
            entry("sample-modules/mail", "dev.pawl.samples.mail"),
            entry("sample-modules/matroska", "dev.pawl.samples.matroska"),
            entry("sample-modules/transform", "dev.pawl.samples.transform")));

    /** The small libraries that are copied into modules, and into bundles where it helps. */
    private static final String[] KITS = {
        "dev.pawl.file..", "dev.pawl.process..", "dev.pawl.web..", "dev.pawl.store.kit.."
    };

    /**
     * Folders that are not part of the server: the harness and the verifier of modules use the scheduler's own code, and benchmarks measure
     * other products; the others run while Pawl is built.
     */
    private static final Set<String> BESIDE = Set.of(
            "testkit",
            "testkit-base",
            "module-verifier",
            "benchmarks",
            "examples",
            "console-build",
            "manual",
            "packages");

    /** The number of folders from the root to the sources of a nested part, such as a sample module. */
    private static final int DEEPEST = 5;

    private static JavaClasses classes;

    @BeforeAll
    static void readTheClassFiles() {
        classes = new ClassFileImporter()
                .importPaths(
                        PARTS.keySet().stream().map(ArchitectureIT::classesOf).collect(Collectors.toList()));
    }

    private static Path classesOf(String part) {
        return ROOT.resolve(part).resolve("target/classes");
    }

    private static Attributes manifest(String part) throws IOException {
        try (InputStream file = Files.newInputStream(classesOf(part).resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(file).getMainAttributes();
        }
    }

    @Test
    void everyPartHasClassesInItsOwnPackage() {
        assertAll(PARTS.values().stream().map(root -> (Executable) () -> assertTrue(
                classes.stream().anyMatch(type -> type.getPackageName().startsWith(root)),
                "no class found below " + root)));
    }

    @Test
    void noPartIsLeftOutOfTheseRules() throws IOException {
        try (Stream<Path> sources = Files.find(ROOT, DEEPEST, (path, attributes) -> path.endsWith("src/main/java"))) {
            Set<String> found = sources.map(
                            path -> ROOT.relativize(path.getParent().getParent().getParent())
                                    .toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> known = new TreeSet<>(PARTS.keySet());
            known.addAll(BESIDE);
            assertEquals(known, found);
        }
    }

    @Test
    void noPartCompilesAgainstAnothersImplementation() {
        assertAll(PARTS.values().stream()
                .filter(root -> !root.equals("dev.pawl.runtime"))
                .map(root -> (Executable) () -> noClasses()
                        .that(resideInAPackage(root + ".."))
                        .should()
                        .dependOnClassesThat(resideInAPackage("dev.pawl..")
                                .and(resideOutsideOfPackages(
                                        root + "..",
                                        "dev.pawl.base..",
                                        "dev.pawl.api..",
                                        "dev.pawl.service..",
                                        "dev.pawl.launch.."))
                                .and(resideOutsideOfPackages(KITS)))
                        .check(classes)));
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.pawl.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyTheCommandLineWritesToStandardOutput() {
        noClasses()
                .that(resideInAPackage("dev.pawl..")
                        .and(resideOutsideOfPackages("dev.pawl.cli..", "dev.pawl.runtime..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(classes);
    }

    @Test
    void theTimeComesFromTheClock() {
        noClasses()
                .that(resideInAPackage("dev.pawl.."))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }

    @Test
    void modulesSeeNothingButTheirSpi() {
        noClasses()
                .that(resideInAPackage("dev.pawl.samples.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pawl..")
                        .and(resideOutsideOfPackages("dev.pawl.api.module..", "dev.pawl.samples.."))
                        .and(resideOutsideOfPackages(KITS)))
                .check(classes);
    }

    /** Each bundle has its own copy, so that no bundle waits for another and nothing outside can depend on it. */
    @Test
    void theBaseLibraryIsCopiedIntoBundlesAndNeitherExportedNorImported() throws IOException {
        assertAll(
                PARTS.keySet().stream().filter(part -> part.endsWith("-bundle")).map(part -> (Executable) () -> {
                    for (String header : List.of("Export-Package", "Import-Package")) {
                        String packages = String.valueOf(manifest(part).getValue(header));
                        assertFalse(packages.contains("dev.pawl.base"), () -> part + ": " + packages);
                    }
                }));
        assertTrue(Files.isRegularFile(classesOf("http-bundle").resolve("dev/pawl/base/duration/DurationText.class")));
    }

    @Test
    void theBaseLibraryStandsAlone() {
        noClasses()
                .that(resideInAPackage("dev.pawl.base.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pawl..").and(resideOutsideOfPackages("dev.pawl.base..")))
                .check(classes);
    }

    @Test
    void theProtocolOfTheLauncherStandsAlone() {
        noClasses()
                .that(resideInAPackage("dev.pawl.launch.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pawl..").and(resideOutsideOfPackages("dev.pawl.launch..")))
                .orShould()
                .dependOnClassesThat(resideInAPackage("org.osgi.framework.."))
                .check(classes);
    }

    @Test
    void theAuthorsApiStandsAlone() {
        noClasses()
                .that(resideInAPackage("dev.pawl.api.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.pawl..").and(resideOutsideOfPackages("dev.pawl.api..")))
                .check(classes);
    }
}
