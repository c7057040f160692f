package dev.pawl.http.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FormTest {

    private static final String JAR = part("form-data; name=\"file\"; filename=\"x.jar\"", "jar");

    private static String part(String disposition, String content) {
        return "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private static String read(String parts) throws IOException {
        var out = new ByteArrayOutputStream();
        var body = new ByteArrayInputStream((parts + "--b--\r\n").getBytes(StandardCharsets.US_ASCII));
        new Form("multipart/form-data; boundary=b").copyFile(body, out, Set.of("mode", "dry_run"));
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static String refused(String parts) {
        return assertThrows(ProblemException.class, () -> read(parts)).getMessage();
    }

    @Test
    void theFileIsFoundAmongFieldsThatMeanNothing() throws IOException {
        assertEquals("jar", read(part("form-data; name=\"note\"", "hi") + JAR + part("form-data; name=\"more\"", "")));
    }

    @Test
    void aParameterThatWouldBePassedOverIsRefusedWhereverItStands() {
        String dryRun = part("form-data; name=\"dry_run\"", "true");

        assertEquals("The form has a field dry_run; it belongs in the address, as ?dry_run=….", refused(dryRun + JAR));
        assertEquals("The form has a field dry_run; it belongs in the address, as ?dry_run=….", refused(JAR + dryRun));
        assertEquals(
                "The form has a field mode; it belongs in the address, as ?mode=….",
                refused(JAR + part("form-data; name=mode", "now")));
    }

    @Test
    void ofTwoFilesNoneIsTaken() {
        assertEquals("The form holds more than one file; it takes one bundle's jar.", refused(JAR + JAR));
    }
}
