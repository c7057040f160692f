package dev.pawl.scheduler;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.pawl.scheduler.run.JobRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that no class of the bundle is part of a dependency cycle, so that each can be understood together with the classes it uses. */
class ClassCyclesTest {

    private static final String BUNDLE = "dev.pawl.scheduler";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BUNDLE);

    /** The slices of one package: each top-level class together with its nested classes. */
    private record ClassesOf(String name) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().equals(name)
                    ? SliceIdentifier.of(outermost(type).getSimpleName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the classes of " + name;
        }

        private static JavaClass outermost(JavaClass type) {
            return type.getEnclosingClass().map(ClassesOf::outermost).orElse(type);
        }
    }

    @Test
    void theRulesJudgeTheClassesOfTheBundle() {
        assertTrue(CLASSES.contain(JobRun.class));
        assertTrue(CLASSES.contain(SchedulerComponent.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".data",
                ".dispatch",
                ".feed",
                ".files",
                ".job",
                ".queue",
                ".run",
                ".secret",
                ".time",
                ".worker"
            })
    void noClassesOfAPackageDependOnEachOtherInARing(String below) {
        String name = BUNDLE + below;
        assertTrue(CLASSES.containPackage(name), name);
        slices().assignedFrom(new ClassesOf(name)).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInARing() {
        slices().matching("dev.pawl.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
