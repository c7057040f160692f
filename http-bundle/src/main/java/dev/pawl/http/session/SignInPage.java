package dev.pawl.http.session;

import dev.pawl.http.route.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page on which a person signs in. It spends the one-time code in the fragment of its address, and forgets it. It holds no data, so anybody
 * may see it.
 */
public final class SignInPage {

    private static final String TEXT = text();

    /** The place for the way by the issuer. */
    private static final String ISSUER = "<!--issuer-->";

    private static final String POLICY = "default-src 'none'; connect-src 'self'; style-src " + source("style")
            + "; script-src " + source("script") + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private SignInPage() {}

    /**
     * The page.
     *
     * @param withIssuer whether an issuer can sign people in too
     */
    public static Answer answer(boolean withIssuer) {
        String page = TEXT.replace(
                ISSUER,
                withIssuer ? "<p><a href=\"session/oidc\">Sign in with your organisation's account</a></p>" : "");
        return Answer.Text.of("text/html; charset=utf-8", page).with("Content-Security-Policy", POLICY);
    }

    private static String text() {
        try (InputStream resource = SignInPage.class.getResourceAsStream("sign-in.html")) {
            if (resource == null) {
                throw new IllegalStateException("The bundle has no sign-in.html.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The page for signing in cannot be read.", e);
        }
    }

    /** The source expression that allows exactly the text of an element of the page. */
    private static String source(String element) {
        String begin = "<" + element + ">";
        String text = TEXT.substring(TEXT.indexOf(begin) + begin.length(), TEXT.indexOf("</" + element + ">"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
