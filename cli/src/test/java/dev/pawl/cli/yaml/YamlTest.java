package dev.pawl.cli.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.yaml.YamlFile.UnreadableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are written as YAML are read by a real parser as the same values. */
class YamlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "3",
                "{\"a\":{\"b\":[{\"c\":1,\"d\":[]},[1,[2]],\"x\"],\"e\":{}}}",
                "{\"yes\":\"no\",\"n\":\"null\",\"t\":true,\"z\":null,\"at\":\"2026-03-01T11:59:57.000+00:00\"}",
                "{\"f\":1.50,\"big\":12345678901234567890123,\"neg\":-7,\"1\":\"1\",\"e\":\"1e3\"}",
                "{\"text\":\"two\\nlines # no comment: really\",\"sp\":\" x \",\"dash\":\"- a\",\"tab\":\"\\t\",\"u\":\"日本\"}",
                "{\"colon\":\"a: b\",\"hash\":\"a #b\",\"star\":\"*x\",\"amp\":\"&x\",\"bang\":\"!x\",\"q\":\"?\",\"brace\":\"{\"}"
            })
    void aValueSurvivesTheWayThroughYaml(String json) throws Exception {
        JsonNode value = JsonTrees.parse(json);

        assertEquals(value.toString(), YamlFile.read(YamlText.of(value)).toString());
    }

    @Test
    void peopleWriteJobsWithCommentsAndAnchors() throws Exception {
        assertEquals(
                "{\"tasks\":[{\"module\":\"hello\",\"data\":{\"name\":\"World\"}},{\"module\":\"hello\",\"data\":{\"name\":\"World\"}}]}",
                YamlFile.read("""
                                # twice
                                tasks:
                                  - module: hello
                                    data: &who {name: World}
                                  - module: hello
                                    data: *who
                                """).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: [1", "a: 1\na: 2", "a: .nan", "? [x]\n: 1", "a: &x\n  b: *x", "a: 1\n---\nb: 2", "\u0000"})
    void whatHasNoValueIsRefusedWithAReason(String text) {
        UnreadableException refused = assertThrows(UnreadableException.class, () -> YamlFile.read(text));

        assertTrue(!String.valueOf(refused.getMessage()).isBlank());
    }

    @Test
    void aliasesThatMultiplyAreNotFollowedForEver() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [*a%2$d".formatted(i, i).replace("*a" + i, "*a" + (i - 1)));
            bomb.append(", *a%d".formatted(i - 1).repeat(9)).append("]\n");
        }

        assertThrows(UnreadableException.class, () -> YamlFile.read(bomb.toString()));
    }
}
