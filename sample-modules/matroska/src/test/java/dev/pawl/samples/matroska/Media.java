package dev.pawl.samples.matroska;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Small media files, made by ffmpeg and mkvmerge. */
final class Media {

    private Media() {}

    /** A second of video, Japanese and English sound, and Japanese subtitles. */
    static void movie(Path file) throws Exception {
        Path subtitles = subtitles(file.resolveSibling("for-movie.srt"));
        call(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=64x48:r=10:d=1",
                "-f",
                "lavfi",
                "-i",
                "sine=d=1",
                "-f",
                "lavfi",
                "-i",
                "sine=f=880:d=1",
                "-i",
                subtitles.toString(),
                "-map",
                "0",
                "-map",
                "1",
                "-map",
                "2",
                "-map",
                "3",
                "-c:v",
                "mpeg4",
                "-c:a",
                "mp2",
                "-c:s",
                "srt",
                "-metadata:s:a:0",
                "language=jpn",
                "-metadata:s:a:1",
                "language=eng",
                "-metadata:s:s:0",
                "language=jpn",
                file.toString());
    }

    /** A second of sound without video. */
    static void sound(Path file) throws Exception {
        call("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=1", file.toString());
    }

    /** A VobSub track of one empty picture, in a Matroska file. */
    static void vobSub(Path file) throws Exception {
        Path index = file.resolveSibling("for-vobsub.idx");
        Files.writeString(
                index,
                "# VobSub index file, v7 (do not modify this line!)\nsize: 720x576\npalette: "
                        + String.join(", ", Collections.nCopies(16, "000000"))
                        + "\nlangidx: 0\nid: en, index: 0\ntimestamp: 00:00:00:000, filepos: 000000000\n");
        String picture = "00260008" + "00000000" + "00000020" + "01033210" + "04fff0" + "05000001000001" + "0600040006"
                + "ff" + "005a002002ff";
        byte[] spu = HexFormat.of().parseHex(picture);
        ByteBuffer pack = ByteBuffer.allocate(2048).put(HexFormat.of().parseHex("000001ba440004000401000003f8"));
        pack.put(HexFormat.of().parseHex("000001bd")).putShort((short) (9 + spu.length));
        pack.put(HexFormat.of().parseHex("818005210001000120")).put(spu);
        int padding = pack.remaining() - 6;
        pack.put(HexFormat.of().parseHex("000001be")).putShort((short) padding);
        while (pack.hasRemaining()) {
            pack.put((byte) 0xff);
        }
        Files.write(VobSub.pictures(index), pack.array());
        call("mkvmerge", "-q", "-o", file.toString(), index.toString());
    }

    /** A sparse WAV file of that many bytes. */
    static void silence(Path file, long bytes) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) bytes - 8);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) 1)
                .putShort((short) 2)
                .putInt(48_000)
                .putInt(192_000)
                .putShort((short) 4)
                .putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) bytes - 44);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(header.array());
            out.setLength(bytes);
        }
    }

    /** The movie with chapters and an attachment. */
    static void whole(Path movie, Path file) throws Exception {
        Path chapters = chapters(file.resolveSibling("for-whole.txt"));
        Path font = font(file.resolveSibling("for-whole.ttf"));
        call(
                "mkvmerge",
                "-q",
                "-o",
                file.toString(),
                "--chapters",
                chapters.toString(),
                "--attachment-name",
                "cool font",
                "--attachment-mime-type",
                "font/ttf",
                "--attach-file",
                font.toString(),
                movie.toString());
    }

    static Path subtitles(Path file) throws IOException {
        return Files.writeString(file, "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
    }

    static Path chapters(Path file) throws IOException {
        return Files.writeString(
                file, "CHAPTER01=00:00:00.000\nCHAPTER01NAME=One\nCHAPTER02=00:00:00.500\nCHAPTER02NAME=Two\n");
    }

    /** A file with the first bytes of a TrueType font. */
    static Path font(Path file) throws IOException {
        return Files.write(file, new byte[] {0, 1, 0, 0, 0, 0});
    }

    /** The contents of a file as {@code mkvmerge -J} shows them. */
    static Map<String, Object> contents(Path file) throws Exception {
        return JSON.std.mapFrom(call("mkvmerge", "-J", file.toString()));
    }

    /** The tracks of a file as {@code type/language}. */
    static List<String> tracks(Path file) throws Exception {
        List<String> tracks = new ArrayList<>();
        for (Object track : (List<?>) contents(file).get("tracks")) {
            Map<?, ?> fields = (Map<?, ?>) track;
            tracks.add(fields.get("type") + "/" + ((Map<?, ?>) fields.get("properties")).get("language"));
        }
        return tracks;
    }

    private static String call(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
