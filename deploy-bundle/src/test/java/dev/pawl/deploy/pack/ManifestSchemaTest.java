package dev.pawl.deploy.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema of {@code module.json} that editors get says what the server says. */
class ManifestSchemaTest {

    private static final Path ROOT = Path.of("..");

    private static Schema schema;

    @BeforeAll
    static void read() throws IOException {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(ROOT.resolve("docs/module.schema.json")), InputFormat.JSON);
    }

    private static List<Error> errors(String manifest) {
        return schema.validate(manifest, InputFormat.JSON);
    }

    @Test
    void allModulesThatAreBroughtAlongFollowIt() throws IOException {
        List<Path> manifests;
        try (Stream<Path> files = Files.walk(ROOT.resolve("sample-modules/languages"), 2)) {
            manifests = files.filter(file -> file.endsWith(FolderManifest.FILE)).toList();
        }
        assertTrue(manifests.size() >= 3, manifests.toString());
        for (Path manifest : manifests) {
            assertEquals(List.of(), errors(Files.readString(manifest)), manifest.toString());
        }
    }

    @Test
    void theExampleOfThePageFollowsItAndEachFieldOfThePageIsInIt() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/module-protocol.md"));
        String example = Pattern.compile("```json\n(\\{\"id\".*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertEquals(List.of(), errors(example));
        FolderManifest.read(example);

        String text = Files.readString(ROOT.resolve("docs/module.schema.json"));
        String table = page.substring(page.indexOf("| field |"), page.indexOf("Other fields are passed over"));
        List<String> fields = Pattern.compile("(?m)^\\| ((?:`\\w+`(?:, )?)+) \\|")
                .matcher(table)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ", -1)))
                .map(name -> name.replace("`", ""))
                .toList();
        assertTrue(fields.size() >= 15, fields.toString());
        fields.forEach(field -> assertTrue(text.contains("\"" + field + "\": {"), field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\"}",
                "{\"id\": \"a.b-c_d\", \"name\": \"A\", \"version\": \"1.0\", \"settings\": {\"k\": {\"type\": \"secret\"}}}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"command\": [\"./a\"], \"results\": \"keep\"}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"runtime\": \"protocol\", \"command\": [\"a\"]}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"phases\": [\"validate\"], \"concurrency\": 0}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"inputs\": [{\"id\": \"x\", \"default\": null}]}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"something\": [\"else\"]}"
            })
    void whatTheServerTakesFollowsIt(String manifest) {
        FolderManifest.read(manifest);
        assertEquals(List.of(), errors(manifest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"name\": \"A\", \"version\": \"1\"}",
                "{\"id\": \"A\", \"name\": \"A\", \"version\": \"1\"}",
                "{\"id\": \"a..b\", \"name\": \"A\", \"version\": \"1\"}",
                "{\"id\": \"a\", \"name\": \" \", \"version\": \"1\"}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": 1}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"runtime\": \"ruby\"}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"runtime\": \"protocol\"}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"runtime\": \"command\", \"command\": []}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"command\": \"./a\"}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"results\": \"all\"}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"phases\": [\"start\"]}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"concurrency\": -1}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"inputs\": \"x\"}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"inputs\": [{\"type\": \"text\"}]}",
                "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\", \"environment\": [1]}"
            })
    void whatTheServerRefusesDoesNotFollowIt(String manifest) {
        assertThrows(ProblemException.class, () -> FolderManifest.read(manifest));
        assertFalse(errors(manifest).isEmpty(), manifest);
    }
}
