package dev.pawl.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges codes for tokens at the issuer (RFC 6749, section 4.1.3). It waits for at most some seconds, follows no redirect, which could lead the
 * client's secret elsewhere, and reads no more than an answer can have.
 */
final class TokenEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);

    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(5).toMillis();
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_BYTES = 256 << 10;
    private static final String BASIC = "client_secret_basic";
    private static final String POST = "client_secret_post";

    private final SignInSettings settings;
    private final IssuerMetadata metadata;
    private final URI address;

    /** The tokens of an answer. */
    record Tokens(String idToken, @Nullable String accessToken) {}

    TokenEndpoint(SignInSettings settings, IssuerMetadata metadata, URI address) {
        this.settings = settings;
        this.metadata = metadata;
        this.address = address;
    }

    /**
     * Exchanges a code.
     *
     * @throws ProblemException {@code SIGN_IN_FAILED} when the issuer refuses it, {@code ISSUER_UNAVAILABLE} when it gives no usable answer
     */
    Tokens exchange(String code, String verifier) {
        try {
            Map<String, Object> answer = ask(code, verifier);
            String idToken = JSONObjectUtils.getString(answer, "id_token");
            if (idToken == null) {
                throw new IOException("its answer has no ID token");
            }
            return new Tokens(idToken, JSONObjectUtils.getString(answer, "access_token"));
        } catch (IOException | ParseException e) {
            throw new ProblemException(
                    ProblemCode.ISSUER_UNAVAILABLE,
                    "The issuer's token endpoint " + address + " gives no usable answer: " + e.getMessage(),
                    e);
        }
    }

    private Map<String, Object> ask(String code, String verifier) throws IOException, ParseException {
        long until = System.nanoTime() + LONGEST_NANOS;
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setUseCaches(false);
            connection.setDoOutput(true);
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            byte[] form = form(connection, code, verifier).getBytes(StandardCharsets.UTF_8);
            connection.setFixedLengthStreamingMode(form.length); // and so the JDK does not send a code twice
            try (OutputStream out = connection.getOutputStream()) {
                out.write(form);
            }
            int status = connection.getResponseCode();
            Map<String, Object> answer = status == HttpURLConnection.HTTP_OK || isRefusal(status)
                    ? JSONObjectUtils.parse(text(connection, status, until), MOST_BYTES)
                    : Map.of();
            if (isRefusal(status)) {
                throw refused(JSONObjectUtils.getString(answer, "error"), status);
            }
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("it answered with the status " + status);
            }
            return answer;
        } finally {
            connection.disconnect();
        }
    }

    private static boolean isRefusal(int status) {
        return status == HttpURLConnection.HTTP_BAD_REQUEST || status == HttpURLConnection.HTTP_UNAUTHORIZED;
    }

    private static ProblemException refused(@Nullable String error, int status) {
        String why = error == null ? "status " + status : Shown.text(error);
        if (!"invalid_grant".equals(error)) { // which is the code's fault; everything else is that of a setting
            LOG.warn("The issuer refused to exchange a code: {}. See PAWL_OIDC_CLIENT_ID and _SECRET", why);
        }
        return new ProblemException(
                ProblemCode.SIGN_IN_FAILED,
                "The issuer did not take the code: " + why + ". It may have been used before, or PAWL_OIDC_CLIENT_ID, "
                        + "PAWL_OIDC_CLIENT_SECRET or PAWL_PUBLIC_URL differ from what the issuer knows.");
    }

    private String form(HttpURLConnection connection, String code, String verifier) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", settings.callback().toString());
        fields.put("code_verifier", verifier);
        String secret = settings.currentSecret();
        if (secret.isEmpty()) {
            fields.put("client_id", settings.clientId());
        } else if (metadata.clientAuthentication().contains(POST)
                && !metadata.clientAuthentication().contains(BASIC)) {
            fields.put("client_id", settings.clientId());
            fields.put("client_secret", secret);
        } else { // the default of RFC 8414
            String pair = FormText.encode(settings.clientId()) + ":" + FormText.encode(secret);
            connection.setRequestProperty(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return FormText.of(fields);
    }

    private static String text(HttpURLConnection connection, int status, long until) throws IOException {
        InputStream body =
                status == HttpURLConnection.HTTP_OK ? connection.getInputStream() : connection.getErrorStream();
        if (body == null) {
            return "{}";
        }
        var text = new ByteArrayOutputStream();
        byte[] piece = new byte[8 << 10];
        for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
            text.write(piece, 0, read);
            if (text.size() > MOST_BYTES) {
                throw new IOException("its answer has more than " + MOST_BYTES + " bytes");
            }
            if (System.nanoTime() - until > 0) {
                throw new IOException("its answer takes longer than "
                        + Duration.ofNanos(LONGEST_NANOS).toSeconds() + " s");
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
