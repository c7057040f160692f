package dev.pawl.samples.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.module.ValidationException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MappingTest {

    private static Mapping mapping(String json) throws Exception {
        return Mapping.of(Mappers.JSON.readValue(json.replace('\'', '"'), MappingSpec.class));
    }

    private static @Nullable String mapped(String mapping, String record) throws Exception {
        ObjectNode object = (ObjectNode) Mappers.JSON.readTree(record.replace('\'', '"'));
        ObjectNode result = mapping(mapping).apply(object);
        return result == null ? null : result.toString().replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "eq        | 7         | true",
                "eq        | 7.00      | true",
                "eq        | '7'       | true",
                "ne        | 7         | false",
                "lt        | 10        | true",
                "lt        | '10'      | false",
                "le        | 7         | true",
                "gt        | 6.5       | true",
                "ge        | 8         | false",
                "in        | [1,7]     | true",
                "not_in    | [1,7]     | false",
                "contains  | '7'       | true",
                "starts_with | '8'     | false",
                "ends_with | '7'       | true",
                "exists    | null      | true",
                "missing   | null      | false"
            })
    void aTextThatHoldsANumberIsComparedAsTheValueIs(String op, String value, boolean met) throws Exception {
        String where = "{'where':[{'field':'n','op':'" + op + "','value':" + value + "}]}";

        assertEquals(met, mapped(where, "{'n':'7'}") != null);
        assertEquals(met, mapped(where, "{'n':7}") != null);
        boolean denies = List.of("ne", "not_in", "missing").contains(op);
        assertEquals(denies, mapped(where, "{'other':7}") != null, "a missing field");
        assertEquals(denies, mapped(where, "{'n':null}") != null, "a null");
    }

    @Test
    void aPointerReachesNestedFields() throws Exception {
        assertEquals(
                "{'name':'A','city':'X'}",
                mapped(
                        "{'where':[{'field':'/a/b/0','op':'eq','value':1}],'rename':{'/a/city':'city'},'drop':['a']}",
                        "{'name':'A','a':{'b':[1],'city':'X'}}"));
    }

    @Test
    void fieldsThatExchangeTheirNamesStayInTheirPlaces() throws Exception {
        assertEquals("{'b':1,'a':2,'c':3}", mapped("{'rename':{'a':'b','b':'a'}}", "{'a':1,'b':2,'c':3}"));
        assertEquals("{'b':1}", mapped("{'rename':{'a':'b'}}", "{'a':1,'b':2}"));
    }

    @Test
    void newFieldsAreConstantsCopiesOrJoined() throws Exception {
        assertEquals(
                "{'a':'x','c':[1],'d':'x','e':'?','f':'x-y'}",
                mapped(
                        "{'set':{'c':[1],'d':{'from':'a'},'e':{'from':'/no/such','otherwise':'?'},'f':{'join':['a','none','/n/m'],'with':'-'}},'drop':['n']}",
                        "{'a':'x','n':{'m':'y'}}"));
    }

    @Test
    void typesAreConvertedAndWhatIsNoneIsABadRecord() throws Exception {
        String types = "{'types':{'i':'integer','n':'number','b':'boolean','t':'text'}}";

        assertEquals("{'i':12,'n':1.50,'b':true,'t':'3'}", mapped(types, "{'i':' 12 ','n':'1.50','b':'Yes','t':3}"));
        assertEquals("{'i':null,'n':null,'b':null,'t':''}", mapped(types, "{'i':'','n':'','b':' ','t':''}"));
        assertEquals("{'i':300}", mapped(types, "{'i':3e2}"));
        for (String bad : List.of("{'i':'1.5'}", "{'i':'x'}", "{'n':'1,5'}", "{'b':'maybe'}", "{'i':'1e999999999'}")) {
            BadRecordException e = assertThrows(BadRecordException.class, () -> mapped(types, bad));
            assertTrue(String.valueOf(e.getMessage()).contains("which is no "), bad);
        }
    }

    @Test
    void onlySelectedFieldsAreKeptInTheirOrder() throws Exception {
        assertEquals("{'c':3,'b':2}", mapped("{'select':['/n/c','b','none']}", "{'a':1,'b':2,'n':{'c':3}}"));
    }

    @Test
    void whatIsWrongIsNamed() {
        for (String[] wrong : new String[][] {
            {"{'where':[{'field':'a','op':'like','value':1}]}", "where[0].op is like; it takes one of eq, ne,"},
            {"{'where':[{'field':'a','op':'in','value':1}]}", "where[0].value is \"1\"; in takes a list."},
            {"{'types':{'a':'date'}}", "types.a is date; it takes integer"},
            {"{'rename':{'a':'/b'}}", "rename.a is \"/b\""},
            {"{'set':{'a':{'form':'b'}}}", "set.a is"},
            {"{'select':['a','/b/a']}", "select has two fields named a"}
        }) {
            ValidationException e = assertThrows(ValidationException.class, () -> mapping(wrong[0]));
            assertNotNull(e.getMessage());
            assertTrue(e.getMessage().startsWith(wrong[1]), e.getMessage());
        }
    }
}
