package dev.pawl.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mistakes that the build of a module finds; docs/writing-a-module.md has a row for each. */
class ModuleVerifierTest {

    private static final String COMPONENT = "@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)";
    private static final String DECLARATION = "@AutomationModule(id = \"sample\", name = \"Sample\")";

    @TempDir
    Path folder;

    private static String module(String name, String annotations, String body) {
        return """
                package com.example;

                import dev.pawl.api.module.*;
                import dev.pawl.api.module.Module;
                import org.osgi.service.component.annotations.*;

                %s
                public class %s implements Module {
                    %s
                    @Override
                    public void run(TaskContext task) throws Exception {}
                }
                """.formatted(annotations, name, body);
    }

    private static String sample(String body) {
        return module("Sample", COMPONENT + DECLARATION, body);
    }

    private static String withInputs(String record) {
        return module(
                "Sample",
                COMPONENT + "@AutomationModule(id = \"sample\", name = \"Sample\", inputs = Sample.Inputs.class)",
                record);
    }

    private void assertFails(String message, String... sources) throws Exception {
        BuiltModule built = BuiltModule.of(folder, List.of(), sources);
        assertEquals(1, built.errors().size(), built.errors()::toString);
        assertTrue(built.errors().get(0).contains(message), built.errors()::toString);
    }

    @Test
    void aSoundModuleIsBuilt() throws Exception {
        BuiltModule built = BuiltModule.of(folder, List.of(), withInputs("""
                public record Inputs(String text, @Default("3") int n, java.time.Duration pause, java.util.Optional<java.net.URI> uri,
                        java.util.List<Part> parts, java.util.Map<String, Object> free, Kind kind, java.math.BigDecimal exact, Bean bean) {}
                public record Part(boolean flag, java.nio.file.Path path) {}
                public enum Kind { A, B }
                public static final class Bean { public int x; }
                private static final class Helper implements Module {
                    @Override
                    public void run(TaskContext task) {}
                }
                """));
        assertEquals(List.of(), built.errors());
        assertEquals(List.of(), built.warnings());
    }

    @Test
    void aModuleWithoutAnnotationsIsNoModule() throws Exception {
        assertFails("com.example.Sample implements Module and has no annotations", module("Sample", "", ""));
    }

    @Test
    void aProjectWithoutAModuleIsNone() throws Exception {
        assertFails("There is no module in this project", "package com.example; public class Sample {}");
    }

    @Test
    void aModuleWithoutComponentIsNotFound() throws Exception {
        assertFails("has @AutomationModule and is no component", module("Sample", DECLARATION, ""));
    }

    @Test
    void aComponentWithoutAnIdCannotBeNamed() throws Exception {
        assertFails("The component com.example.Sample provides Module and has no id", module("Sample", COMPONENT, ""));
    }

    @Test
    void aComponentOfAnotherServiceIsNotFound() throws Exception {
        assertFails(
                "The component com.example.Sample provides [java.lang.Runnable] and not Module",
                module(
                                "Sample",
                                "@Component(service = Runnable.class, scope = ServiceScope.PROTOTYPE)" + DECLARATION,
                                "public void go() {}")
                        .replace("implements Module", "implements Module, Runnable")
                        .replace("public void go()", "public void run()"));
    }

    @Test
    void aModuleThatImplementsNothingIsNone() throws Exception {
        assertFails(
                "has @AutomationModule and does not implement Module",
                sample("")
                        .replace("service = Module.class, ", "")
                        .replace(" implements Module", "")
                        .replace("@Override", ""));
    }

    @Test
    void anAbstractModuleIsNone() throws Exception {
        assertFails("is abstract", module("Sample", DECLARATION, "").replace("public class", "public abstract class"));
    }

    @Test
    void aScopeThatSharesInstancesIsRefused() throws Exception {
        assertFails(
                "has the scope singleton: all tasks of all jobs would share one instance",
                module("Sample", "@Component(service = Module.class)" + DECLARATION, ""));
    }

    @Test
    void twoModulesNeedTwoIds() throws Exception {
        assertFails("both have the id \"sample\"", sample(""), module("Other", COMPONENT + DECLARATION, ""));
    }

    @Test
    void anIdIsWrittenInLowerCase() throws Exception {
        assertFails(
                "The id of com.example.Sample is \"My Module\"",
                module("Sample", COMPONENT + "@AutomationModule(id = \"My Module\", name = \"x\")", ""));
    }

    @Test
    void inputsThatAreNoRecordAreRefused() throws Exception {
        assertFails(
                "The inputs of com.example.Sample are the class com.example.Sample$Inputs, which is no record",
                withInputs("public static class Inputs {}"));
    }

    @Test
    void aTypeThatNoValueCanBecomeIsRefused() throws Exception {
        assertFails(
                "Sample$Part.stream, one of the inputs, has the type java.io.InputStream",
                withInputs(
                        "public record Inputs(java.util.List<Part> parts) {} public record Part(java.io.InputStream stream) {}"));
    }

    @Test
    void aDefaultThatIsNoValueIsRefused() throws Exception {
        assertFails(
                "The inputs of com.example.Sample will not do: The @Default in com.example.Sample$Inputs will not do: n is \"three\"",
                withInputs("public record Inputs(@Default(\"three\") int n) {}"));
    }

    @Test
    void aConstructorWithParametersNeedsAnnotations() throws Exception {
        assertFails("has no public constructor without parameters", sample("public Sample(String name) {}"));
    }

    @Test
    void aConstructorThatIsNotPublicCannotBeCalled() throws Exception {
        assertFails("has no public constructor without parameters", sample("Sample() {}"));
    }

    @Test
    void aConstructorThatTakesServicesIsTaken() throws Exception {
        BuiltModule built =
                BuiltModule.of(folder, List.of(), sample("@Activate public Sample(@Reference Runnable other) {}"));
        assertEquals(List.of(), built.errors());
    }

    @Test
    void aLibraryThatIsNotPackedIsNamedWithItsRemedy() throws Exception {
        assertFails(
                "uses the package com.fasterxml.jackson.databind of jackson-databind-",
                sample("Object mapper() { return new com.fasterxml.jackson.databind.ObjectMapper(); }"));
    }

    @Test
    void anEmbeddedLibraryIsTheModulesOwn() throws Exception {
        BuiltModule built = BuiltModule.of(
                folder,
                List.of(
                        BuiltModule.library("jackson-databind-"),
                        BuiltModule.library("jackson-core-"),
                        BuiltModule.library("jackson-annotations-")),
                sample("Object mapper() { return new com.fasterxml.jackson.databind.ObjectMapper(); }"));
        assertEquals(List.of(), built.errors());
    }

    @Test
    void anotherModulesPackageIsTakenWhenTheAuthorSaysSo() throws Exception {
        BuiltModule built = BuiltModule.of(
                folder,
                "Import-Package: com.fasterxml.jackson.databind, dev.pawl.*, *;resolution:=optional",
                List.of(),
                sample("Object mapper() { return new com.fasterxml.jackson.databind.ObjectMapper(); }"));
        assertEquals(List.of(), built.errors());
    }

    @Test
    void annotationsNeedNoLibrary() throws Exception {
        BuiltModule built =
                BuiltModule.of(folder, List.of(), sample("@org.jspecify.annotations.Nullable String none;"));
        assertEquals(List.of(), built.errors());
    }

    @Test
    void anotherVersionOfTheApiIsRefused() throws Exception {
        BuiltModule built = BuiltModule.of(
                folder, "Import-Package: dev.pawl.*;version=\"[2,3)\", *;resolution:=optional", List.of(), sample(""));
        assertTrue(
                built.errors().toString().contains("imports dev.pawl.api.module [2,3), and this Pawl has 1."),
                built.errors()::toString);
    }

    @Test
    void theApiIsNeverPacked() throws Exception {
        BuiltModule built = BuiltModule.of(folder, List.of(BuiltModule.library("api-bundle")), sample(""));
        assertTrue(
                built.errors().toString().contains(".jar contains the package dev.pawl.api.module"),
                built.errors()::toString);
    }

    @Test
    void aBundleWithoutVersionIsRefused() throws Exception {
        BuiltModule built = BuiltModule.of(folder, "Bundle-Version: 0.0.0", List.of(), sample(""));
        assertTrue(built.errors().toString().contains("The bundle has no Bundle-Version"), built.errors()::toString);
    }

    @Test
    void whatEmbeddedLibrariesDeclareDoesNotBecomeTheModules() throws Exception {
        BuiltModule built = BuiltModule.of(
                folder,
                List.of(BuiltModule.library("service-bundle-"), BuiltModule.library("scheduler-bundle-")),
                sample(""));
        assertEquals("OSGI-INF/com.example.Sample.xml", built.headers().get("Service-Component"));
        assertEquals(List.of(), built.errors());
        assertNull(built.headers().get("Export-Package"));
    }
}
