package dev.pawl.deploy.artifact;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts jars that one trusted signer has signed as a whole, in the format of {@code jarsigner}. Without trusted keys everything
 * is accepted. The keys are read anew for each jar, so that a key may come or go while the server runs.
 */
public final class JarSignatures {

    private static final Logger LOG = LoggerFactory.getLogger(JarSignatures.class);

    /** What carries a signature, and is therefore not covered by one. */
    private static final Pattern SIGNATURE_FILE =
            Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)");

    /** id-kp-codeSigning of RFC 5280, 4.2.1.12. */
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    private static final int BUFFER_BYTES = 64 << 10;

    private final @Nullable Path trusted;

    /** @param trusted where the trusted keys are; null when signatures are not asked for */
    public JarSignatures(@Nullable Path trusted) {
        this.trusted = trusted;
    }

    /** Says in the log when no jar could be accepted, which an operator should learn before one comes. */
    public void inspectKeys() {
        try {
            if (trusted != null) {
                TrustedKeys.read(trusted);
            }
        } catch (ProblemException e) {
            LOG.warn("No module can be installed until PAWL_TRUSTED_KEYS is mended. {}", e.getMessage());
        }
    }

    /**
     * Throws a {@link ProblemException} that says what is wrong with the signature.
     *
     * @param at the moment at which the signer's certificate must be valid
     * @return the subject of the signer's certificate; null when signatures are not asked for
     */
    @Nullable
    public String check(Path jar, Instant at) {
        if (trusted == null) {
            return null;
        }
        Trust trust = new Trust(TrustedKeys.read(trusted), at);
        return trusted(signers(jar, trust), trust);
    }

    /** The subject of the first who is trusted; throws when there is none. */
    private static String trusted(Collection<CodeSigner> signers, Trust trust) {
        List<String> refusals = new ArrayList<>();
        for (CodeSigner signer : signers) {
            List<X509Certificate> path = signer.getSignerCertPath().getCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            String refusal = trust.refusal(path);
            if (refusal == null) {
                return subject(path.get(0));
            }
            refusals.add(refusal);
        }
        throw refusal(String.join("; ", refusals));
    }

    /** Those who signed every entry; at least one. No more than the first entry is read of a jar that nobody trusted has signed. */
    private static Collection<CodeSigner> signers(Path jar, Trust trust) {
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            Manifest manifest = file.getManifest();
            Set<CodeSigner> all = null;
            for (JarEntry entry : file.stream().toList()) {
                read(file, entry); // only then is its digest compared and are its signers known
                if (entry.isDirectory()
                        || SIGNATURE_FILE
                                .matcher(entry.getName().toUpperCase(Locale.ROOT))
                                .matches()) {
                    continue;
                }
                CodeSigner[] signers = entry.getCodeSigners();
                if (signers == null) {
                    throw refusal(all == null ? "it is not signed" : "its entry " + entry.getName() + " is not signed");
                }
                if (all == null) {
                    all = new LinkedHashSet<>(Arrays.asList(signers));
                    trusted(all, trust);
                } else {
                    all.retainAll(Arrays.asList(signers));
                }
            }
            if (manifest == null || all == null) {
                throw refusal("it is not signed");
            }
            if (all.isEmpty()) {
                throw refusal("nobody signed all of its entries");
            }
            for (String name : manifest.getEntries().keySet()) {
                if (file.getEntry(name) == null) {
                    throw refusal("its signed entry " + name + " was taken out");
                }
            }
            return all;
        } catch (SecurityException e) {
            throw new ProblemException(
                    ProblemCode.UNTRUSTED,
                    "The jar is not trusted: it was changed after it was signed: " + e.getMessage() + ".",
                    e);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.NOT_A_BUNDLE, "The file is no readable jar: " + e.getMessage() + ".", e);
        }
    }

    /** No further than the list of entries says, of which the sum has been judged. */
    private static void read(JarFile file, JarEntry entry) throws IOException {
        long left = Math.max(0, entry.getSize());
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = file.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw JarOutline.refusal("its entry " + entry.getName() + " is damaged");
                }
            }
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static ProblemException refusal(String why) {
        return new ProblemException(ProblemCode.UNTRUSTED, "The jar is not trusted: " + why + ".");
    }

    /** Judges signers by the trusted keys, at one moment. */
    private record Trust(TrustedKeys trusted, Instant at) {

        /** Why a signer, whose certificate is the first of the path, is not trusted; null when it is. */
        @Nullable
        String refusal(List<X509Certificate> path) {
            X509Certificate signer = path.get(0);
            for (int i = 0; i < path.size(); i++) {
                X509Certificate certificate = path.get(i);
                if (certificate.getNotAfter().toInstant().isBefore(at)) {
                    return "the certificate of " + subject(certificate) + " expired on "
                            + certificate.getNotAfter().toInstant();
                }
                if (certificate.getNotBefore().toInstant().isAfter(at)) {
                    return "the certificate of " + subject(certificate) + " is valid only from "
                            + certificate.getNotBefore().toInstant() + " on";
                }
                if (i > 0 && !vouches(certificate, path.get(i - 1))) {
                    return subject(certificate) + " does not vouch for " + subject(path.get(i - 1));
                }
                boolean itself = i == 0 && isTrusted(certificate);
                if (itself || isTrusted(certificate) || isVouchedFor(certificate)) {
                    return itself || signsCode(signer)
                            ? null
                            : "the certificate of " + subject(signer) + " is not for signing code";
                }
            }
            return "its signer " + subject(signer) + " is none of the trusted ones";
        }

        /** An authority vouches for servers and mail, too. */
        private static boolean signsCode(X509Certificate signer) {
            try {
                List<String> uses = signer.getExtendedKeyUsage();
                return uses == null || uses.contains(CODE_SIGNING);
            } catch (CertificateParsingException unreadable) {
                return false;
            }
        }

        private boolean isTrusted(X509Certificate certificate) {
            return trusted.keys().contains(certificate.getPublicKey())
                    || trusted.certificates().stream()
                            .anyMatch(known -> known.getPublicKey().equals(certificate.getPublicKey()));
        }

        private boolean isVouchedFor(X509Certificate certificate) {
            return trusted.certificates().stream()
                    .anyMatch(authority ->
                            !authority.getNotAfter().toInstant().isBefore(at) && vouches(authority, certificate));
        }

        private static boolean vouches(X509Certificate authority, X509Certificate certificate) {
            if (authority.getBasicConstraints() < 0
                    || !authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                return false; // it is no authority, or not this one's
            }
            try {
                certificate.verify(authority.getPublicKey());
                return true;
            } catch (GeneralSecurityException forged) {
                return false;
            }
        }
    }
}
