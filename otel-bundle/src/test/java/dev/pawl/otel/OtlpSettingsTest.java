package dev.pawl.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpSettingsTest {

    private static OtlpSettings with(String headers) {
        return OtlpSettings.read(
                Map.of("pawl.otlp.endpoint", "https://collector:4318/base/", "pawl.otlp.headers", headers)::get);
    }

    @Test
    void thePathOfTracesIsAddedToTheEndpoint() {
        assertEquals(
                "https://collector:4318/base/v1/traces", with("").endpoint().toString());
    }

    @Test
    void valuesOfHeadersAreDecodedAndAPlusIsAPlus() {
        assertEquals(
                Map.of("authorization", "Basic YTpi+w==", "x-tenant", "a,b"),
                with("authorization=Basic%20YTpi+w==, x-tenant=a%2Cb,").headers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "=hunter2", "a b=hunter2", "a=hunter2%0d%0aX: y", "a=hunter2%zz", "a=hünter2"})
    void aWrongHeaderIsRefusedWithoutBeingShown(String headers) {
        String message = assertThrows(IllegalArgumentException.class, () -> with(headers))
                .getMessage();
        assertFalse(message.contains("nter2"), message);
        assertTrue(message.contains("PAWL_OTLP_HEADERS"), message);
    }
}
