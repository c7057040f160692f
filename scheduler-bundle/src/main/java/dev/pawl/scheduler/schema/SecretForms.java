package dev.pawl.scheduler.schema;

import dev.pawl.base.json.value.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Forms in which a secret text may occur: as it is, inside JSON, in an address, and in Base64, also as a part of the encoded text, such
 * as the password in the header of HTTP Basic.
 */
public final class SecretForms {

    /** Shortest piece of Base64 that is looked for: shorter ones would be found in any text by chance. */
    private static final int SHORTEST_BASE64 = 8;

    private static final int BITS_OF_BYTE = 8;
    private static final int BITS_OF_DIGIT = 6;
    private static final int BYTES_OF_GROUP = 3;

    private SecretForms() {}

    /** All forms of the texts, longest first, so that a form goes before the forms that it contains. */
    public static List<String> of(Collection<String> texts) {
        Set<String> forms = new LinkedHashSet<>();
        for (String text : texts) {
            forms.add(text);
            String quoted = Json.text(text);
            forms.add(quoted.substring(1, quoted.length() - 1));
            forms.add(text.replace("/", "\\/"));
            String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
            forms.add(encoded);
            forms.add(encoded.replace("+", "%20"));
            for (int before = 0; before < BYTES_OF_GROUP; before++) {
                addBase64(forms, text.getBytes(StandardCharsets.UTF_8), before);
            }
        }
        return forms.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** Adds the Base64 digits that stay the same whatever stands before and after: those that hold bits of the secret alone. */
    private static void addBase64(Set<String> forms, byte[] secret, int bytesBefore) {
        byte[] shifted = new byte[bytesBefore + secret.length];
        System.arraycopy(secret, 0, shifted, bytesBefore, secret.length);
        int first = (bytesBefore * BITS_OF_BYTE + BITS_OF_DIGIT - 1) / BITS_OF_DIGIT;
        int end = shifted.length * BITS_OF_BYTE / BITS_OF_DIGIT;
        if (end - first < SHORTEST_BASE64) {
            return;
        }
        for (Base64.Encoder encoder : Arrays.asList(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.add(encoder.encodeToString(shifted).substring(first, end));
        }
    }
}
