package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BadJarTest {

    private static final String API = "dev.pawl.api.module;version=\"[1.0,2)\"";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(folder.resolve("data"), new MemoryDeployments());
        server.deployer.install(module("owner").write(folder.resolve("owner.jar")), TestServer.byHand());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static List<Arguments> jars() {
        byte[] good = module("bad").entry("data", "0123456789".repeat(500)).bytes();
        return List.of(
                bad("empty", new byte[0], ProblemCode.NOT_A_BUNDLE, "not a readable jar"),
                bad("text", "hello".getBytes(StandardCharsets.UTF_8), ProblemCode.NOT_A_BUNDLE, "not a readable jar"),
                bad("truncated", Arrays.copyOf(good, good.length / 2), ProblemCode.NOT_A_BUNDLE, "not a readable jar"),
                bad(
                        "one byte short",
                        Arrays.copyOf(good, good.length - 1),
                        ProblemCode.NOT_A_BUNDLE,
                        "not a readable jar"),
                bad("bit flipped", flipped(good), ProblemCode.NOT_A_BUNDLE, ""),
                bad("same entry twice", twice(), ProblemCode.NOT_A_BUNDLE, "has the entry test/b twice"),
                bad("climbing entry", module("bad").entry("../evil", "x"), ProblemCode.NOT_A_BUNDLE, "leads out of"),
                bad(
                        "inner climbing entry",
                        module("bad").entry("a/../../evil", "x"),
                        ProblemCode.NOT_A_BUNDLE,
                        "leads out of"),
                bad("absolute entry", module("bad").entry("/etc/evil", "x"), ProblemCode.NOT_A_BUNDLE, "leads out of"),
                bad("backslash entry", module("bad").entry("..\\evil", "x"), ProblemCode.NOT_A_BUNDLE, "leads out of"),
                bad("drive entry", module("bad").entry("c:/evil", "x"), ProblemCode.NOT_A_BUNDLE, "leads out of"),
                bad(
                        "zip bomb",
                        module("bad").entry("zeros", new byte[40 << 20]),
                        ProblemCode.NOT_A_BUNDLE,
                        "unpacks to more than 100 times its size"),
                bad("no manifest", withoutManifest(), ProblemCode.NOT_A_BUNDLE, "it has no META-INF/MANIFEST.MF"),
                bad(
                        "missing library",
                        module("bad").header("Bundle-ClassPath", ".,lib/gone.jar"),
                        ProblemCode.NOT_A_BUNDLE,
                        "Bundle-ClassPath names lib/gone.jar, which it does not contain"),
                bad(
                        "class of a newer java",
                        module("bad").entry("test/Newer.class", newerClass()),
                        ProblemCode.UNRESOLVED,
                        "test/Newer.class is compiled for Java 999; the server runs on Java "),
                bad(
                        "plain jar",
                        module("bad").header("Bundle-SymbolicName", ""),
                        ProblemCode.NOT_A_BUNDLE,
                        "no Bundle-SymbolicName"),
                bad(
                        "old manifest",
                        module("bad").header("Bundle-ManifestVersion", "9"),
                        ProblemCode.NOT_A_BUNDLE,
                        "manifest cannot be read"),
                bad("bad version", module("bad").version("one"), ProblemCode.NOT_A_BUNDLE, "manifest cannot be read"),
                bad(
                        "bad import",
                        module("bad").header("Import-Package", API + ",;;"),
                        ProblemCode.NOT_A_BUNDLE,
                        "manifest cannot be read"),
                bad(
                        "fragment",
                        module("bad").header("Fragment-Host", "test.owner"),
                        ProblemCode.NOT_A_BUNDLE,
                        "fragment"),
                bad(
                        "library",
                        module("bad").header("Provide-Capability", ""),
                        ProblemCode.NO_MODULE_INSIDE,
                        "no Provide-Capability"),
                bad(
                        "no id",
                        module("bad").header("Provide-Capability", "dev.pawl.module"),
                        ProblemCode.NO_MODULE_INSIDE,
                        "module id is \"\""),
                bad(
                        "bad id",
                        module("bad").header("Provide-Capability", "dev.pawl.module;id=\"A b\""),
                        ProblemCode.NO_MODULE_INSIDE,
                        "module id is \"A b\""),
                bad(
                        "long id",
                        module("bad").header("Provide-Capability", "dev.pawl.module;id=a" + "b".repeat(64)),
                        ProblemCode.NO_MODULE_INSIDE,
                        "1 to 64"),
                bad(
                        "same id twice",
                        module("bad").header("Provide-Capability", "dev.pawl.module;id=a,dev.pawl.module;id=a"),
                        ProblemCode.NO_MODULE_INSIDE,
                        "the module a twice"),
                bad(
                        "own api",
                        module("bad").header("Import-Package", "org.osgi.framework"),
                        ProblemCode.NO_MODULE_INSIDE,
                        "does not import the package dev.pawl.api.module"),
                bad(
                        "exported api",
                        module("bad").header("Export-Package", "dev.pawl.api.module"),
                        ProblemCode.NO_MODULE_INSIDE,
                        "exports the package dev.pawl.api.module"),
                bad(
                        "missing package",
                        module("bad").header("Import-Package", API + ",org.nowhere;version=\"[1.2,2)\""),
                        ProblemCode.UNRESOLVED,
                        "missing: package org.nowhere [1.2.0,2.0.0)"),
                bad(
                        "newer api",
                        module("bad").header("Import-Package", "dev.pawl.api.module;version=\"[9.0,10)\""),
                        ProblemCode.UNRESOLVED,
                        "missing: package dev.pawl.api.module [9.0.0,10.0.0) (there is 1.1.0)"),
                bad(
                        "missing bundle",
                        module("bad").header("Require-Bundle", "org.nowhere;bundle-version=\"3\""),
                        ProblemCode.UNRESOLVED,
                        "missing: bundle org.nowhere 3"),
                bad(
                        "missing capability",
                        module("bad").header("Require-Capability", "nowhere;filter:=\"(a=b)\""),
                        ProblemCode.UNRESOLVED,
                        "missing: nowhere (a=b)"),
                bad(
                        "newer class in a jar inside",
                        module("bad")
                                .header("Bundle-ClassPath", ".,lib/new.jar")
                                .entry("lib/new.jar", zip("org/Newer.class", newerClass())),
                        ProblemCode.UNRESOLVED,
                        "The class lib/new.jar!/org/Newer.class is compiled for Java 999"),
                bad(
                        "damaged jar inside",
                        module("bad")
                                .header("Bundle-ClassPath", ".,lib/bad.jar")
                                .entry("lib/bad.jar", "no jar"),
                        ProblemCode.NOT_A_BUNDLE,
                        "its embedded jar lib/bad.jar cannot be read"),
                bad(
                        "zip bomb in a jar inside",
                        module("bad")
                                .header("Bundle-ClassPath", ".,lib/bomb.jar")
                                .entry("lib/bomb.jar", zip("zeros", new byte[64 << 20])),
                        ProblemCode.NOT_A_BUNDLE,
                        "times its size"),
                bad(
                        "no native code for this machine",
                        module("bad")
                                .header("Bundle-NativeCode", "lib/libbad.so;osname=AIX;processor=ppc")
                                .entry("lib/libbad.so", "code"),
                        ProblemCode.UNRESOLVED,
                        "osgi.native"),
                bad(
                        "fragment of the framework",
                        module("bad").header("Fragment-Host", "system.bundle;extension:=framework"),
                        ProblemCode.NOT_A_BUNDLE,
                        "it is a fragment"),
                bad(
                        "newer java",
                        module("bad")
                                .header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""),
                        ProblemCode.UNRESOLVED,
                        "missing: osgi.ee"),
                bad(
                        "owned",
                        module("owner").header("Bundle-SymbolicName", "test.bad"),
                        ProblemCode.MODULE_OWNED,
                        "belongs to the bundle test.owner"),
                bad(
                        "runtime's name",
                        module("bad").header("Bundle-SymbolicName", "org.apache.felix.scr"),
                        ProblemCode.MODULE_OWNED,
                        "belongs to a bundle of the runtime"),
                bad(
                        "failing activator",
                        module("bad").failingActivator(),
                        ProblemCode.ACTIVATION_FAILED,
                        "no luck today"),
                bad(
                        "missing activator",
                        module("bad").header("Bundle-Activator", "test.Gone"),
                        ProblemCode.ACTIVATION_FAILED,
                        "test.Gone"));
    }

    private static Arguments bad(String kind, ModuleJarBuilder jar, ProblemCode code, String words) {
        return bad(kind, jar.bytes(), code, words);
    }

    private static Arguments bad(String kind, byte[] jar, ProblemCode code, String words) {
        return Arguments.of(kind, jar, code, words);
    }

    private static byte[] withoutManifest() {
        return zip("test/Nothing.class", new byte[0]);
    }

    private static byte[] zip(String entry, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] newerClass() {
        return ByteBuffer.allocate(100)
                .putInt(0xCAFEBABE)
                .putShort((short) 0)
                .putShort((short) (999 + 44))
                .array();
    }

    private static byte[] flipped(byte[] good) {
        byte[] flipped = good.clone();
        flipped[good.length / 3] ^= 0x10;
        return flipped;
    }

    /** A jar with the same entry twice. No jar writer writes one, so an entry is renamed in the bytes. */
    private static byte[] twice() {
        byte[] jar = module("bad").entry("test/a", "1").entry("test/b", "2").bytes();
        String text = new String(jar, StandardCharsets.ISO_8859_1);
        return text.replace("test/a", "test/b").getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jars")
    void isRefusedWithItsReasonAndNothingChanges(String kind, byte[] bytes, ProblemCode code, String words)
            throws Exception {
        Path jar = Files.write(folder.resolve("bad.jar"), bytes);
        Map<String, String> before = server.state();

        ProblemException refused =
                assertThrows(ProblemException.class, () -> server.deployer.install(jar, TestServer.byHand()));

        assertEquals(code, refused.code(), refused::getMessage);
        assertTrue(refused.getMessage().contains(words), refused::getMessage);
        assertEquals(before, server.state());
    }
}
