package dev.pawl.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Makes keys and signs jars with the tools of the JDK, as docs/operations.md describes. */
final class JarSigning {

    private static final String PASSWORD = "changeit";

    /** Maximum length of the signature file's name in the jar. */
    private static final int LONGEST_SIGNER = 8;

    private final Path folder;

    JarSigning(Path folder) {
        this.folder = folder;
    }

    /** A key pair with a certificate of its own; the certificate is in {@code <name>.pem}. */
    Path key(String name, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name));
        arguments.addAll(List.of(more));
        keytool(arguments);
        Path certificate = folder.resolve(name + ".pem");
        try {
            return Files.writeString(
                    certificate,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(KeyStore.getInstance(new File(keystore()), PASSWORD.toCharArray())
                                            .getCertificate(name)
                                            .getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs a jar in place by running {@code jarsigner}. */
    Path signByTool(Path jar, String name) throws IOException, InterruptedException {
        run(List.of("jarsigner", "-keystore", keystore(), "-storepass", PASSWORD, jar.toString(), name));
        return jar;
    }

    /** Signs a jar in place with the JDK's API, which is faster than starting the tool. */
    Path sign(Path jar, String name) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(new File(keystore()), PASSWORD.toCharArray());
        KeyStore.Entry entry = keys.getEntry(name, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        Path signed = jar.resolveSibling(jar.getFileName() + ".signed");
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder((KeyStore.PrivateKeyEntry) entry)
                    .signerName(name.substring(0, Math.min(name.length(), LONGEST_SIGNER)))
                    .build()
                    .sign(in, out);
        }
        return Files.move(signed, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private void keytool(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("keytool"));
        command.addAll(arguments);
        command.addAll(List.of("-keystore", keystore(), "-storepass", PASSWORD));
        run(command);
    }

    private String keystore() {
        return folder.resolve("release.p12").toString();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        List<String> placed = new ArrayList<>(command);
        placed.set(
                0,
                Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
        Process process = new ProcessBuilder(placed).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
