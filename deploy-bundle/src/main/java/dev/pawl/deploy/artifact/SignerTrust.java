package dev.pawl.deploy.artifact;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks signers against the trusted keys, at a given time. Either a signer itself is trusted, or its certificate ends a chain (RFC 5280,
 * 6.1) that begins with a trusted authority. Revocation is not checked, since a server must be able to install without a network.
 */
record SignerTrust(TrustedKeys trusted, Instant at) {

    /** The extended key usage id-kp-codeSigning of RFC 5280, 4.2.1.12. */
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    /** The key usage keyCertSign of RFC 5280, 4.2.1.3. */
    private static final int CERTIFICATE_SIGNING = 5;

    /** The reason why a signer, whose certificate is the first of the path, is not trusted; null when it is. */
    @Nullable
    String refusal(List<X509Certificate> path) {
        for (int i = 0; i < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            String outOfTime = outOfTime(certificate);
            if (outOfTime != null) {
                return outOfTime;
            }
            if (isTrusted(certificate)) {
                return i == 0 ? null : refusal(path.subList(0, i), List.of(certificate));
            }
            List<X509Certificate> authorities = authoritiesOf(certificate);
            if (!authorities.isEmpty()) {
                return refusal(path.subList(0, i + 1), authorities);
            }
        }
        return "its signer " + subject(path.get(0)) + " is not trusted";
    }

    private @Nullable String outOfTime(X509Certificate certificate) {
        if (certificate.getNotAfter().toInstant().isBefore(at)) {
            return certificateOf(certificate) + " expired on "
                    + certificate.getNotAfter().toInstant();
        }
        return certificate.getNotBefore().toInstant().isAfter(at)
                ? certificateOf(certificate) + " is valid only from "
                        + certificate.getNotBefore().toInstant() + " on"
                : null;
    }

    private boolean isTrusted(X509Certificate certificate) {
        return trusted.keys().contains(certificate.getPublicKey())
                || trusted.certificates().stream()
                        .anyMatch(known -> known.getPublicKey().equals(certificate.getPublicKey()));
    }

    private List<X509Certificate> authoritiesOf(X509Certificate certificate) {
        return trusted.certificates().stream()
                .filter(authority -> authority.getBasicConstraints() >= 0
                        && !authority.getNotAfter().toInstant().isBefore(at)
                        && issued(authority, certificate))
                .toList();
    }

    private static boolean issued(X509Certificate authority, X509Certificate certificate) {
        if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    /** There are several when an authority renewed its certificate: it is enough that one of them allows the chain. */
    private @Nullable String refusal(List<X509Certificate> chain, List<X509Certificate> authorities) {
        String refusal = null;
        for (X509Certificate authority : authorities) {
            refusal = refusal(chain, authority);
            if (refusal == null) {
                return signsCode(chain.get(0)) ? null : certificateOf(chain.get(0)) + " is not for signing code";
            }
        }
        return refusal;
    }

    private @Nullable String refusal(List<X509Certificate> chain, X509Certificate authority) {
        String beyond = beyond(chain, authority);
        if (beyond != null) {
            return beyond;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setDate(Date.from(at));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
            return null;
        } catch (CertPathValidatorException e) {
            return sentence(e, chain, authority);
        } catch (GeneralSecurityException e) {
            return "the certificates of " + subject(chain.get(0)) + " cannot be checked: " + e.getMessage();
        }
    }

    /**
     * The violation of a restriction in the authority's own certificate, which the validator ignores: to it an anchor is only a name and a
     * key (RFC 5280, 6.1.1 d).
     */
    private static @Nullable String beyond(List<X509Certificate> chain, X509Certificate authority) {
        X509Certificate next = chain.get(chain.size() - 1);
        if (authority.getBasicConstraints() < 0) {
            return subject(authority) + " did not issue the certificate of " + subject(next);
        }
        boolean[] uses = authority.getKeyUsage();
        if (uses != null && !uses[CERTIFICATE_SIGNING]) {
            return notForCertificates(authority);
        }
        long between = chain.stream()
                .skip(1)
                .filter(each -> !each.getSubjectX500Principal().equals(each.getIssuerX500Principal()))
                .count();
        return between > authority.getBasicConstraints() ? tooDeep(next) : null;
    }

    private static String sentence(
            CertPathValidatorException e, List<X509Certificate> chain, X509Certificate authority) {
        int place = Math.max(0, e.getIndex());
        X509Certificate refused = chain.get(place);
        String unnamed = certificateOf(refused) + " is not valid: " + e.getMessage();
        if (e.getReason() instanceof PKIXReason reason) {
            return switch (reason) {
                case NOT_CA_CERT -> notIssued(chain, place, authority);
                case NAME_CHAINING -> notIssued(chain, place + 1, authority);
                case INVALID_KEY_USAGE -> notForCertificates(refused);
                case PATH_TOO_LONG -> tooDeep(refused);
                case UNRECOGNIZED_CRIT_EXT ->
                    certificateOf(refused) + " has a critical extension that is not understood, one of "
                            + String.join(", ", new TreeSet<>(refused.getCriticalExtensionOIDs()));
                case INVALID_POLICY, INVALID_NAME, NO_TRUST_ANCHOR -> unnamed;
            };
        }
        return e.getReason() == BasicReason.INVALID_SIGNATURE ? notIssued(chain, place + 1, authority) : unnamed;
    }

    /** @param place the index in the chain of the certificate that did not issue the one before it; the authority follows the last */
    private static String notIssued(List<X509Certificate> chain, int place, X509Certificate authority) {
        X509Certificate issuer = place < chain.size() ? chain.get(place) : authority;
        return subject(issuer) + " did not issue the certificate of " + subject(chain.get(Math.max(0, place - 1)));
    }

    private static String notForCertificates(X509Certificate certificate) {
        return certificateOf(certificate) + " is not for signing certificates";
    }

    private static String tooDeep(X509Certificate certificate) {
        return certificateOf(certificate) + " is further from its authority than the authority's path length allows";
    }

    /** Checks the key usage: an authority issues certificates for servers and mail too. */
    private static boolean signsCode(X509Certificate signer) {
        try {
            List<String> uses = signer.getExtendedKeyUsage();
            return uses == null || uses.contains(CODE_SIGNING);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    private static String certificateOf(X509Certificate certificate) {
        return "the certificate of " + subject(certificate);
    }

    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
