package dev.pawl.http.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A style or script that is part of the page for people. */
final class PageResource {

    private PageResource() {}

    /** The text of a resource. */
    static String text(String name) {
        try (InputStream resource = PageResource.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("The bundle has no " + name + ".");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + name + " cannot be read.", e);
        }
    }

    /** The source expression of a Content-Security-Policy that allows exactly this text. */
    static String source(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
