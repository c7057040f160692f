package dev.pawl.it.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The house rules, read from the class files of every part. */
class ArchitectureIT {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));

    /** Folder to root package of every part whose classes are judged. */
    private static final Map<String, String> PARTS = new TreeMap<>(Map.of(
            "api-bundle", "dev.pawl.api",
            "scheduler-bundle", "dev.pawl.scheduler",
            "store-bundle", "dev.pawl.store.sqlite",
            "deploy-bundle", "dev.pawl.deploy",
            "http-bundle", "dev.pawl.http",
            "shell-bundle", "dev.pawl.shell",
            "runtime", "dev.pawl.runtime",
            "cli", "dev.pawl.cli",
            "sample-modules/hello", "dev.pawl.samples.hello",
            "sample-modules/files", "dev.pawl.samples.files"));

    /** For tests: the harness runs modules by the scheduler's own code. */
    private static final Set<String> FOR_TESTS = Set.of("testkit", "testkit-base");

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

    @Test
    void everyPartHasClassesInItsOwnPackage() {
        assertAll(PARTS.values().stream().map(root -> (Executable) () -> assertTrue(
                classes.stream().anyMatch(type -> type.getPackageName().startsWith(root)),
                "no class found below " + root)));
    }

    @Test
    void noPartIsLeftOutOfTheseRules() throws IOException {
        try (Stream<Path> poms = Files.find(ROOT, 3, (path, attributes) -> path.endsWith("src/main/java"))) {
            List<String> forgotten = poms.map(
                            path -> ROOT.relativize(path.getParent().getParent().getParent())
                                    .toString())
                    .filter(part -> !PARTS.containsKey(part) && !FOR_TESTS.contains(part))
                    .toList();
            assertTrue(forgotten.isEmpty(), "parts without rules: " + forgotten);
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
                                .and(resideOutsideOfPackages(root + "..", "dev.pawl.api..")))
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
                .dependOnClassesThat(
                        resideInAPackage("dev.pawl.api..").and(resideOutsideOfPackages("dev.pawl.api.module..")))
                .check(classes);
    }
}
