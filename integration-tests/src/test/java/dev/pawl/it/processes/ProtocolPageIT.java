package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.it.docs.PageBlock;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The modules of docs/module-protocol.md, with the manifest of that page, count in a server. */
@NeedsProgram({"python3", "node", "flock", "setsid"})
class ProtocolPageIT extends ProcessCase {

    private static final String PAGE = "docs/module-protocol.md";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void theModulesOfThePageCount() throws IOException {
        assertCounts(folder("in-python", manifest()), "main.py", PageBlock.of(PAGE, "python", "class Counter"));
        assertCounts(
                folder("in-shell", manifest("./count.sh")), "count.sh", PageBlock.of(PAGE, "sh", "pawl-task emit"));
        assertCounts(
                folder("in-javascript", manifest("node", "./main.js").put("runtime", "protocol")),
                "main.js",
                PageBlock.of(PAGE, "js", "require('pawl')"));
    }

    private void assertCounts(Path module, String file, String code) throws IOException {
        Path program = Files.writeString(module.resolve(file), code);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        install(module);
        String job = api.start(module.getFileName().toString(), Map.of("to", 3));
        assertEquals("completed ", ended(job), () -> lines(job).toString());
        assertEquals(
                List.of(1, 2, 3),
                api.results(job).stream().map(row -> row.get("n").asInt()).toList());
    }

    /** The manifest of the page, of a module that is started by a command. */
    private ObjectNode manifest(String... command) throws IOException {
        ObjectNode manifest = (ObjectNode) json.readTree(PageBlock.of(PAGE, "json", "\"id\": \"count\""));
        if (command.length > 0) {
            manifest.remove("entrypoint");
            manifest.set("command", json.valueToTree(command));
        }
        return manifest;
    }

    private Path folder(String id, ObjectNode manifest) throws IOException {
        Path module = Files.createDirectory(folder.resolve(id));
        Files.writeString(module.resolve("module.json"), manifest.put("id", id).toString());
        return module;
    }
}
