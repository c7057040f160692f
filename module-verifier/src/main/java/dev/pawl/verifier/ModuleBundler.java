package dev.pawl.verifier;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the jar of a module from its classes, as Maven would, with bnd's instructions and our checks. {@code pawl module dev} loads it with the
 * plugins' own jars and sees nothing but types of the JDK: it takes {@code settings} (the file of {@link BuildSettings}), {@code project} and
 * {@code jar} as paths, and {@code files} with the content of each by name. It returns {@code errors} and {@code warnings}; without errors
 * the jar is whole.
 */
public final class ModuleBundler implements Function<Map<String, Object>, Map<String, List<String>>> {

    /** The instruction of the parent that names the packages of the module itself. */
    private static final String OWN_PACKAGES = "own-packages";

    private static final String CLASS = ".class";

    @Override
    public Map<String, List<String>> apply(Map<String, Object> request) {
        Map<String, byte[]> files = new TreeMap<>();
        ((Map<?, ?>) given(request, "files", Map.class))
                .forEach((name, content) -> files.put((String) name, (byte[]) content));
        Path settings = given(request, "settings", Path.class);
        Path project = given(request, "project", Path.class);
        Path jar = given(request, "jar", Path.class);
        try {
            return bundle(settings, project, files, jar);
        } catch (Exception e) { // declared by bnd
            return Map.of("errors", List.of(String.valueOf(e)), "warnings", List.of());
        }
    }

    private static <T> T given(Map<String, Object> request, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(request.get(name), name));
    }

    private static Map<String, List<String>> bundle(Path file, Path project, Map<String, byte[]> files, Path target)
            throws Exception {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            settings.load(in);
        }
        try (Processor instructions = new Processor(instructions(settings, files), false);
                Builder builder = new Builder(instructions);
                Jar jar = jar(files)) {
            builder.setBase(project.toFile());
            builder.addClasspath(jar(files));
            for (String path : settings.getProperty("class-path").split(File.pathSeparator, -1)) {
                if (!path.isEmpty()) {
                    builder.addClasspath(new File(path));
                }
            }
            builder.setJar(jar);
            Jar built = builder.build();
            if (builder.getErrors().isEmpty()) {
                built.write(target.toFile());
            }
            return Map.of("errors", List.copyOf(builder.getErrors()), "warnings", List.copyOf(builder.getWarnings()));
        }
    }

    private static Properties instructions(Properties settings, Map<String, byte[]> files) {
        Properties instructions = new Properties();
        for (String key : settings.stringPropertyNames()) {
            if (key.startsWith(BuildSettings.INSTRUCTION)) {
                instructions.setProperty(key.substring(BuildSettings.INSTRUCTION.length()), settings.getProperty(key));
            }
        }
        instructions.setProperty(
                OWN_PACKAGES,
                files.keySet().stream()
                        .filter(name -> name.endsWith(CLASS) && name.contains("/"))
                        .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.') + ".*")
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(",")));
        return instructions;
    }

    private static Jar jar(Map<String, byte[]> files) throws IOException {
        Jar jar = new Jar("module");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            jar.putResource(file.getKey(), new EmbeddedResource(file.getValue(), 0L));
        }
        return jar;
    }
}
