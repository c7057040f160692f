package dev.pawl.it.processes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Folders with modules that tests write. */
final class FolderModule {

    private FolderModule() {}

    /** A module in Python of the older engine's shape, with a manifest that has nothing of ours. */
    static Path older(Path parent, String id, String code) throws IOException {
        return python(parent, id, "1.0.0", "", code);
    }

    /** A module in Python; {@code more} are further fields of its manifest, each with a comma before it. */
    static Path python(Path parent, String id, String version, String more, String code) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(id));
        Files.writeString(folder.resolve("module.json"), """
                {"id": "%s", "name": "Module %s", "version": "%s", "description": "Of a test.", "entrypoint": "main.py",
                 "inputs": [{"id": "to", "type": "integer", "required": false, "default": 5, "description": "How far."},
                            {"id": "note", "type": "text"}],
                 "settings": [{"id": "key", "type": "secret"}], "capabilities": ["test"]%s}
                """.formatted(id, id, version, more));
        Files.writeString(folder.resolve("main.py"), code);
        return folder;
    }

    /** A module in Python that needs a package, whose wheel it has only when it is added. */
    static Path packaged(Path parent) throws IOException {
        Path module = older(parent, "packaged", """
                import answer
                from sweatpants import Module
                class Packaged(Module):
                    async def run(self, inputs, settings):
                        yield {"answer": answer.VALUE}
                """);
        Files.writeString(module.resolve("requirements.txt"), "answer==1.0\n");
        return module;
    }

    /** Adds the wheel that {@link #packaged} needs. */
    static void addWheel(Path module) throws IOException {
        Path wheel = Files.createDirectories(module.resolve("wheels")).resolve("answer-1.0-py3-none-any.whl");
        String information = "answer-1.0.dist-info/";
        try (OutputStream out = Files.newOutputStream(wheel);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : Map.of(
                            "answer.py",
                            "VALUE = 42\n",
                            information + "METADATA",
                            "Metadata-Version: 2.1\nName: answer\nVersion: 1.0\n",
                            information + "WHEEL",
                            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                            information + "RECORD",
                            "answer.py,,\n")
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** A module that is a shell script. */
    static Path shell(Path parent, String id, String script) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(id));
        Files.writeString(folder.resolve("module.json"), """
                {"id": "%s", "name": "Module %s", "version": "1.0", "command": ["./run.sh"],
                 "inputs": [{"id": "to", "type": "integer", "default": 5}]}
                """.formatted(id, id));
        Path run = folder.resolve("run.sh");
        Files.writeString(run, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }
}
