package dev.pawl.deploy.pack;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.base.json.value.Json;
import dev.pawl.deploy.artifact.JarOutline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Constants;

/**
 * Writes the bundle of a module in a folder: its files, its schemas, and a description for the extender that runs it. The same files give
 * the same bytes, so that the same module has the same digest.
 */
final class PackedModule {

    /** The prefix of the symbolic names of such bundles. */
    static final String PREFIX = "folder.";

    /** Any time; that of the files would change the digest. */
    private static final long TIME = 315_619_200_000L; // 1980-01-02, which every zone puts into the range of the format

    private final FolderManifest manifest;
    private final FileSet files;
    private long unpacked;

    PackedModule(FolderManifest manifest, FileSet files) {
        this.manifest = manifest;
        this.files = files;
    }

    /** Writes it. */
    void write(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            begin(zip, JarFile.MANIFEST_NAME);
            headers().write(zip);
            put(zip, "OSGI-INF/pawl/process.json", Json.text(description()));
            put(zip, "OSGI-INF/pawl/" + manifest.id() + ".inputs.schema.json", Json.text(manifest.inputsSchema()));
            put(zip, "OSGI-INF/pawl/" + manifest.id() + ".settings.schema.json", Json.text(manifest.settingsSchema()));
            for (String name : files.names()) {
                begin(zip, "module/" + name);
                try (InputStream in = files.open(name)) {
                    unpacked += in.transferTo(zip);
                }
                JarOutline.checkSize(unpacked, unpacked);
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        begin(zip, name);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(TIME);
        zip.putNextEntry(entry);
    }

    private Manifest headers() {
        Manifest headers = new Manifest();
        Attributes main = headers.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        put(main, Constants.BUNDLE_MANIFESTVERSION, "2");
        put(main, Constants.BUNDLE_SYMBOLICNAME, PREFIX + manifest.id());
        put(main, Constants.BUNDLE_VERSION, BundleVersion.of(manifest.version()));
        put(main, Constants.BUNDLE_NAME, oneLine(manifest.name()));
        put(main, Constants.IMPORT_PACKAGE, "dev.pawl.api.module;version=\"[1,2)\"");
        put(
                main,
                Constants.REQUIRE_CAPABILITY,
                "osgi.extender;filter:=\"(&(osgi.extender=dev.pawl.processes)(version>=1.0)(!(version>=2.0)))\"");
        put(main, Constants.PROVIDE_CAPABILITY, capability());
        put(main, "Pawl-Process", manifest.runtime());
        return headers;
    }

    private static void put(Attributes headers, String name, String value) {
        headers.put(new Attributes.Name(name), value);
    }

    private String capability() {
        List<String> clause = new ArrayList<>();
        clause.add(AutomationModule.NAMESPACE);
        clause.add("id=" + quoted(manifest.id()));
        clause.add("name=" + quoted(manifest.name()));
        clause.add("description=" + quoted(manifest.description()));
        if (!manifest.capabilities().isEmpty()) {
            List<String> words = manifest.capabilities().stream()
                    .map(word -> word.replace(',', ' '))
                    .toList();
            clause.add("capabilities:List<String>=" + quoted(String.join(",", words)));
        }
        if (manifest.concurrency() > 0) {
            clause.add("concurrency:Long=" + manifest.concurrency());
        }
        if (!manifest.checkpoints().isBlank()) {
            clause.add("checkpoints=" + quoted(manifest.checkpoints()));
        }
        return String.join(";", clause);
    }

    /** A quoted string of a header. Felix shows the backslashes that would protect quotation marks in it, so there are none of either. */
    private static String quoted(String text) {
        return '"' + oneLine(text).replace('\\', '/').replace('"', '\'') + '"';
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("id", manifest.id());
        description.put("version", manifest.version());
        description.put("runtime", manifest.runtime());
        description.put("entrypoint", manifest.entrypoint());
        description.put("command", manifest.command());
        description.put("keeps_results", manifest.keepsResults());
        description.put("validates", manifest.phases().contains("validate"));
        description.put("cleans_up", manifest.phases().contains("cleanup"));
        description.put("environment", manifest.environment());
        if (manifest.reuses()) {
            description.put("reuse", true);
        }
        if (manifest.memory() > 0) {
            description.put("memory", manifest.memory());
        }
        if (manifest.silence() > 0) {
            description.put("silence_s", manifest.silence());
        }
        description.put("secret_inputs", secrets(manifest.inputsSchema()));
        return description;
    }

    /** The inputs that are secret, whichever way the schema came about. */
    private static List<String> secrets(Map<String, Object> schema) {
        List<String> secrets = new ArrayList<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                if (property instanceof Map<?, ?> shape && "password".equals(shape.get("format"))) {
                    secrets.add(String.valueOf(name));
                }
            });
        }
        return secrets;
    }
}
