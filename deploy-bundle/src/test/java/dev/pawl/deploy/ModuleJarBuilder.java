package dev.pawl.deploy;

import dev.pawl.api.module.Module;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.osgi.framework.BundleActivator;

/** Builds small module bundles: a component that does nothing, and whatever else a test adds or removes. */
public final class ModuleJarBuilder {

    private static final Map<String, byte[]> COMPILED = compile();

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private ModuleJarBuilder() {}

    /** A valid bundle {@code test.<id>} with one module. */
    public static ModuleJarBuilder module(String id) {
        ModuleJarBuilder builder = new ModuleJarBuilder();
        builder.header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", "test." + id)
                .header("Bundle-Version", "1.0.0")
                .header("Import-Package", "dev.pawl.api.module;version=\"[1.0,2)\"")
                .header(
                        "Provide-Capability",
                        "dev.pawl.module;id=\"" + id + "\";name=\"" + id.toUpperCase(java.util.Locale.ROOT) + "\"")
                .header("Service-Component", "OSGI-INF/module.xml")
                .entry("test/Nothing.class", COMPILED.get("test.Nothing"))
                .component(id, "");
        return builder;
    }

    public ModuleJarBuilder version(String version) {
        return header("Bundle-Version", version);
    }

    /** Sets a header, or removes it when the value is empty. */
    public ModuleJarBuilder header(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    public ModuleJarBuilder entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    public ModuleJarBuilder entry(String name, String content) {
        return entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    ModuleJarBuilder without(String entry) {
        entries.remove(entry);
        return this;
    }

    /** A component that needs a service that no bundle provides. */
    ModuleJarBuilder unsatisfied(String id) {
        return component(id, "<reference name=\"never\" interface=\"java.util.Currency\"/>");
    }

    /** An activator that throws, with a message. */
    public ModuleJarBuilder failingActivator() {
        return activator("Failing");
    }

    /**
     * An activator whose exception cannot simply be printed: {@code Circling} causes, a {@code Speechless} or an {@code Endless} message.
     */
    ModuleJarBuilder throwing(String how) {
        return activator(how);
    }

    /** An activator that waits in {@code start} until it is interrupted. */
    ModuleJarBuilder waitingActivator() {
        return activator("Waiting");
    }

    /** An activator that ignores interrupts and waits in {@code start} for the system property {@code test.free}. */
    ModuleJarBuilder stubbornActivator() {
        return activator("Stubborn");
    }

    /** An activator that ignores interrupts and waits in {@code stop} for the system property {@code test.free}. */
    ModuleJarBuilder neverStopping() {
        return activator("Lasting");
    }

    /** An activator that ends the process as a kill does. */
    ModuleJarBuilder haltingActivator() {
        return activator("Halting");
    }

    /** An activator that registers a service for other bundles. */
    ModuleJarBuilder servingActivator() {
        return activator("Serving");
    }

    /** An activator that uses that service. */
    ModuleJarBuilder usingActivator() {
        return activator("Using");
    }

    private ModuleJarBuilder activator(String name) {
        return header("Bundle-Activator", "test." + name)
                .header("Import-Package", "dev.pawl.api.module;version=\"[1.0,2)\",org.osgi.framework")
                .entries("test/" + name);
    }

    /** A class with these nested classes. */
    private ModuleJarBuilder entries(String place) {
        COMPILED.forEach((name, bytes) -> {
            String entry = name.replace('.', '/');
            if (entry.equals(place) || entry.startsWith(place + "$")) {
                entry(entry + ".class", bytes);
            }
        });
        return this;
    }

    public Path write(Path file) {
        try {
            Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The jar's bytes, identical each time. */
    public byte[] bytes() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            jar.putNextEntry(timeless(JarFile.MANIFEST_NAME));
            manifest.write(jar);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(timeless(entry.getKey()));
                jar.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry timeless(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0));
        return entry;
    }

    private ModuleJarBuilder component(String id, String reference) {
        return entry(
                "OSGI-INF/module.xml",
                "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + id + "\">"
                        + "<property name=\"pawl.module.id\" type=\"String\" value=\"" + id + "\"/>"
                        + "<service scope=\"prototype\"><provide interface=\"" + Module.class.getName()
                        + "\"/></service>"
                        + reference + "<implementation class=\"test.Nothing\"/></scr:component>");
    }

    private static Map<String, byte[]> compile() {
        Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileManager files = new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return outputs.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        String stay = "{ while (!Boolean.getBoolean(\"test.free\"))"
                + " { java.util.concurrent.locks.LockSupport.parkNanos(1_000_000); Thread.interrupted(); } }";
        List<JavaFileObject> sources = List.of(
                activator("Waiting", "{ new java.util.concurrent.CountDownLatch(1).await(); }", "{}"),
                activator("Stubborn", stay, "{}"),
                activator("Lasting", "{}", stay),
                activator(
                        "Serving",
                        "{ c.registerService(java.util.function.Supplier.class, () -> \"served\", null); }",
                        "{}"),
                activator("Using", "{ c.getService(c.getServiceReference(java.util.function.Supplier.class)); }", "{}"),
                activator("Halting", "{ Runtime.getRuntime().halt(137); }", "{}"),
                source(
                        "Nothing",
                        "public class Nothing implements dev.pawl.api.module.Module {"
                                + " public void run(dev.pawl.api.module.TaskContext task) {} }"),
                activator(
                        "Circling",
                        "{ Exception a = new Exception(\"first\"); Exception b = new Exception(\"second\", a);"
                                + " a.initCause(b); throw b; }",
                        "{}"),
                activator(
                        "Speechless",
                        "{ throw new Exception() { public String getMessage() { throw new Error(\"no words\"); } }; }",
                        "{}"),
                activator("Endless", "{ throw new Exception(\"much \".repeat(800_000)); }", "{}"),
                activator("Failing", "{ throw new IllegalStateException(\"no luck today\"); }", "{}"));
        String path = place(Module.class) + java.io.File.pathSeparator + place(BundleActivator.class);
        boolean good = compiler.getTask(
                        null, files, null, List.of("-proc:none", "--release", "17", "-cp", path), null, sources)
                .call();
        if (!good) {
            throw new IllegalStateException("The test's own module does not compile.");
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        outputs.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static JavaFileObject activator(String name, String start, String stop) {
        return source(
                name,
                "public class " + name + " implements org.osgi.framework.BundleActivator {"
                        + " public void start(org.osgi.framework.BundleContext c) throws Exception " + start
                        + " public void stop(org.osgi.framework.BundleContext c) throws Exception " + stop + " }");
    }

    private static JavaFileObject source(String name, String code) {
        return new SimpleJavaFileObject(URI.create("memory:///test/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return "package test; " + code;
            }
        };
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }
}
