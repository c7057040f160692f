package dev.pawl.cli.develop;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Packs a module by bnd and our checks, which are loaded from the jars that Maven's plugin has: the same versions, and none in the
 * distribution. Both sides see types of the JDK alone.
 */
final class ModulePacker implements AutoCloseable {

    private final BuildSettings settings;
    private final URLClassLoader tools;
    private final Function<Object, Object> bundler;

    private ModulePacker(BuildSettings settings, URLClassLoader tools, Function<Object, Object> bundler) {
        this.settings = settings;
        this.tools = tools;
        this.bundler = bundler;
    }

    @SuppressWarnings("unchecked") // a service of the JDK's type, whose arguments are our convention
    static ModulePacker of(BuildSettings settings) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (Path tool : settings.tools()) {
            jars.add(url(tool));
        }
        URLClassLoader tools = new URLClassLoader("module-build", jars.toArray(URL[]::new), new LoggingOnly());
        for (Function<?, ?> found : ServiceLoader.load(Function.class, tools)) {
            if (found.getClass().getClassLoader() == tools) {
                return new ModulePacker(settings, tools, (Function<Object, Object>) found);
            }
        }
        tools.close();
        throw new IOException(
                "The build of this module has no packer of this version of Pawl; run `pawl module link`.");
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    /**
     * Writes the jar.
     *
     * @param files the contents by name
     * @return mistakes, without which the jar is whole, and warnings
     */
    List<Problem> pack(Path project, Map<String, byte[]> files, Path jar) {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        thread.setContextClassLoader(tools);
        try {
            Map<?, ?> said = (Map<?, ?>)
                    bundler.apply(Map.of("settings", settings.file(), "project", project, "files", files, "jar", jar));
            List<Problem> problems = new ArrayList<>();
            texts(said.get("errors")).forEach(text -> problems.add(Problem.error(text)));
            texts(said.get("warnings")).forEach(text -> problems.add(Problem.warning(text)));
            return problems;
        } finally {
            thread.setContextClassLoader(former);
        }
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }

    @Override
    public void close() throws IOException {
        tools.close();
    }

    /** The JDK, and the log of this command, which Maven has in its own jars. */
    private static final class LoggingOnly extends ClassLoader {
        LoggingOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.slf4j.")) {
                return ModulePacker.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
