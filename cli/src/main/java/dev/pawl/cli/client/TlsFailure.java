package dev.pawl.cli.client;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says why TLS with a server failed. */
final class TlsFailure {

    private static final String REMEDY =
            " If it is the right server, name a PEM file with its certificate or authority by"
                    + " --cacert or PAWL_CACERT.";

    private TlsFailure() {}

    static NoServerException of(ServerAddress address, SSLException failure) {
        return new NoServerException(sentence(address, failure), failure);
    }

    private static String sentence(ServerAddress address, SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("nrecognized SSL message")) {
            return "The server at " + address.url() + " does not speak TLS. Its address begins with http://.";
        }
        boolean certificate = causes(failure)
                .anyMatch(cause -> cause instanceof CertificateException
                        || cause instanceof CertPathValidatorException
                        || cause.getClass().getName().endsWith("CertPathBuilderException"));
        return certificate
                ? "The certificate of the server at " + address.url() + " is not trusted: " + why(failure) + "."
                        + REMEDY
                : "TLS with the server at " + address.url() + " failed: " + message + ". Its log may say more.";
    }

    private static String why(SSLException failure) {
        if (causes(failure).anyMatch(TlsFailure::isExpired)) {
            return "it has expired";
        }
        if (causes(failure).anyMatch(CertificateNotYetValidException.class::isInstance)) {
            return "it is not valid yet";
        }
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("No subject alternative") || message.startsWith("No name matching")
                ? "it is for other host names"
                : "no authority that is trusted here has signed it";
    }

    private static boolean isExpired(Throwable cause) {
        return cause instanceof CertificateExpiredException
                || (cause instanceof CertPathValidatorException path && path.getReason() == BasicReason.EXPIRED);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
