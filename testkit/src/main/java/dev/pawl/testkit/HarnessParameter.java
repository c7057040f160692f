package dev.pawl.testkit;

import dev.pawl.api.module.Module;
import dev.pawl.base.file.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the tests of a {@link PawlTest} their harness. */
final class HarnessParameter implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(HarnessParameter.class);

    /** The work folder of one test. */
    private record WorkFolder(Path path) implements AutoCloseable {
        static WorkFolder make() {
            try {
                return new WorkFolder(Files.createTempDirectory("pawl-test-"));
            } catch (IOException e) {
                throw new UncheckedIOException("The test has no work folder.", e);
            }
        }

        @Override
        public void close() throws IOException {
            FileTree.delete(path);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == JobHarness.class;
    }

    @Override
    public JobHarness resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Class<? extends Module> type = tested(test.getRequiredTestClass()).value();
        Constructor<? extends Module> constructor;
        try {
            constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new ParameterResolutionException(
                    type.getName() + " has no constructor without parameters; make the harness in the test, with"
                            + " JobHarness.of(() -> new " + type.getSimpleName() + "(…)).",
                    e);
        }
        WorkFolder folder =
                test.getStore(NAMESPACE).getOrComputeIfAbsent("work", key -> WorkFolder.make(), WorkFolder.class);
        return JobHarness.of(() -> made(constructor)).workDir(folder.path());
    }

    private static PawlTest tested(Class<?> test) {
        for (Class<?> at = test; at != null; at = at.getEnclosingClass()) {
            PawlTest annotation = at.getAnnotation(PawlTest.class);
            if (annotation != null) {
                return annotation;
            }
        }
        throw new ParameterResolutionException(test.getName() + " has a JobHarness as parameter and no @PawlTest.");
    }

    private static Module made(Constructor<? extends Module> constructor) {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            if (e.getCause() instanceof Error own) {
                throw own;
            }
            throw new IllegalStateException("The constructor threw an exception.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called.", e);
        }
    }
}
