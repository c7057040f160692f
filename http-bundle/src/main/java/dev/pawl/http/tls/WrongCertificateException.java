package dev.pawl.http.tls;

/** Thrown when the server cannot use a certificate or its key; the message is a sentence for the operator, with a remedy. */
public final class WrongCertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongCertificateException(String message) {
        super(message);
    }
}
