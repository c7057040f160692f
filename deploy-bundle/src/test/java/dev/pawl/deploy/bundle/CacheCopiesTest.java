package dev.pawl.deploy.bundle;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.pawl.deploy.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/** The framework's own copies of jars, damaged while the server is down. */
final class CacheCopiesTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    /** The ways in which a copy is damaged. */
    enum Spoil {
        ZEROED_CLASS {
            @Override
            byte[] of(byte[] jar) {
                byte[] spoilt = jar.clone();
                int name = new String(jar, StandardCharsets.ISO_8859_1).indexOf("test/Nothing.class");
                Arrays.fill(spoilt, name + 20, name + 120, (byte) 0);
                return spoilt;
            }
        },
        TRUNCATED {
            @Override
            byte[] of(byte[] jar) {
                return Arrays.copyOf(jar, jar.length / 2);
            }
        },
        ZEROED {
            @Override
            byte[] of(byte[] jar) {
                return new byte[jar.length];
            }
        },
        EMPTY {
            @Override
            byte[] of(byte[] jar) {
                return new byte[0];
            }
        };

        abstract byte[] of(byte[] jar);
    }

    private Path cached(String name) throws IOException {
        long id = bundle().getBundleId();
        try (Stream<Path> files = Files.walk(folder.resolve("data/cache/bundle" + id))) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    private Bundle bundle() {
        return server.bundles().installed().get(0);
    }

    @ParameterizedTest
    @EnumSource(Spoil.class)
    void theNextStartMakesItAnew(Spoil spoil) throws Exception {
        server.install("1.0.0");
        byte[] good = Files.readAllBytes(cached("bundle.jar"));
        Path copy = cached("bundle.jar");
        server.close();
        Files.write(copy, spoil.of(good));

        server.start();

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertNotNull(bundle().loadClass("test.Nothing"));
        assertArrayEquals(good, Files.readAllBytes(cached("bundle.jar")));
    }

    @Test
    void aSpoiltCopyOfALostArtifactIsNotRun() throws Exception {
        String sha256 = server.install("1.0.0").deployment().sha256();
        Path copy = cached("bundle.jar");
        server.close();
        Files.write(copy, Spoil.ZEROED_CLASS.of(Files.readAllBytes(copy)));
        Files.delete(folder.resolve("data/artifacts/" + sha256 + ".jar"));

        server.start();

        assertEquals(Optional.empty(), server.serving("alpha"));
        assertEquals(List.of(), server.bundles().installed());
    }

    @Test
    void whatWasUnpackedOfItIsUnpackedAgain() throws Exception {
        server.deployer.install(
                module("alpha")
                        .header("Bundle-ClassPath", ".,lib/library.jar")
                        .entry("lib/library.jar", library())
                        .write(folder.resolve("alpha.jar")),
                TestServer.byHand());
        assertNotNull(bundle().getResource("org/library/version"));
        Path unpacked = cached("library.jar");
        server.close();
        Files.write(unpacked, new byte[(int) Files.size(unpacked)]);

        server.start();

        assertArrayEquals(
                "1".getBytes(StandardCharsets.UTF_8),
                bundle().getResource("org/library/version").openStream().readAllBytes());
        assertArrayEquals(library(), Files.readAllBytes(unpacked));
    }

    private static byte[] library() throws IOException {
        ByteArrayOutputStream library = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(library)) {
            ZipEntry entry = new ZipEntry("org/library/version");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write("1".getBytes(StandardCharsets.UTF_8));
        }
        return library.toByteArray();
    }
}
