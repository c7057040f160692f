package dev.pawl.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;

/** Builds small bundles for tests: a manifest, and an activator from the test's class path. */
public final class TestBundle {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final String symbolicName;
    private Class<?>[] classes = {};

    public TestBundle(String symbolicName) {
        this.symbolicName = symbolicName;
        headers.put("Bundle-ManifestVersion", "2");
        headers.put("Bundle-SymbolicName", symbolicName);
        headers.put("Import-Package", "org.osgi.framework,dev.pawl.launch;resolution:=optional");
    }

    public TestBundle with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public TestBundle activatedBy(Class<? extends BundleActivator> activator) {
        classes = new Class<?>[] {activator};
        return with("Bundle-Activator", activator.getName());
    }

    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream file = Files.newOutputStream(folder.resolve(symbolicName + ".jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            for (Class<?> type : classes) {
                String path = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(path));
                try (InputStream bytes =
                        Objects.requireNonNull(type.getClassLoader().getResourceAsStream(path))) {
                    bytes.transferTo(jar);
                }
            }
        }
    }
}
