package dev.pawl.deploy.artifact;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
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
 * Accepts jars whose entries are all signed by the same trusted signer, in the format of {@code jarsigner}. Without trusted keys every jar
 * is accepted. The keys are read again for each jar, so that they can be changed while the server runs.
 */
public final class JarSignatures {

    private static final Logger LOG = LoggerFactory.getLogger(JarSignatures.class);

    /** The files that contain signatures and are therefore not signed themselves. */
    private static final Pattern SIGNATURE_FILE =
            Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)");

    private static final int BUFFER_BYTES = 64 << 10;

    private final @Nullable Path trusted;

    /** @param trusted the file or folder with the trusted keys; null when signatures are not required */
    public JarSignatures(@Nullable Path trusted) {
        this.trusted = trusted;
    }

    /** Logs a warning when no jar could be accepted, so that an operator learns of it early. */
    public void inspectKeys() {
        try {
            if (trusted != null) {
                TrustedKeys.read(trusted);
            }
        } catch (ProblemException e) {
            LOG.warn("No module can be installed until PAWL_TRUSTED_KEYS is corrected. {}", e.getMessage());
        }
    }

    /**
     * Checks a jar's signature; throws a {@link ProblemException} that says what is wrong with it.
     *
     * @param at the time at which the signer's certificate must be valid
     * @return the subject of the signer's certificate; null when signatures are not required
     */
    @Nullable
    public String check(Path jar, Instant at) {
        if (trusted == null) {
            return null;
        }
        SignerTrust trust = new SignerTrust(TrustedKeys.read(trusted), at);
        return trusted(signers(jar, trust), trust);
    }

    /** The subject of the first trusted signer; throws when there is none. */
    private static String trusted(Collection<CodeSigner> signers, SignerTrust trust) {
        List<String> refusals = new ArrayList<>();
        for (CodeSigner signer : signers) {
            List<X509Certificate> path = signer.getSignerCertPath().getCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            String refusal = trust.refusal(path);
            if (refusal == null) {
                return SignerTrust.subject(path.get(0));
            }
            refusals.add(refusal);
        }
        throw refusal(String.join("; ", refusals));
    }

    /** The signers of every entry; at least one. Only the first entry is read when no trusted signer has signed it. */
    private static Collection<CodeSigner> signers(Path jar, SignerTrust trust) {
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
                throw refusal("no signer has signed all of its entries");
            }
            for (String name : manifest.getEntries().keySet()) {
                if (file.getEntry(name) == null) {
                    throw refusal("its signed entry " + name + " was removed");
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
                    ProblemCode.NOT_A_BUNDLE, "The file is not a readable jar: " + e.getMessage() + ".", e);
        }
    }

    /** Reads no more than the list of entries states, whose sum has been checked. */
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

    private static ProblemException refusal(String why) {
        return new ProblemException(ProblemCode.UNTRUSTED, "The jar is not trusted: " + why + ".");
    }
}
