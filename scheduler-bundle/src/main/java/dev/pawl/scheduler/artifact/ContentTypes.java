package dev.pawl.scheduler.artifact;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The content types of files by the endings of their names; contents are not looked at. Everything that a browser would run, such as HTML
 * and scripts, is plain text. SVG is a picture: an {@code <img>} runs none of its scripts, and opened by itself it is in a sandbox.
 */
final class ContentTypes {

    static final String ANY = "application/octet-stream";

    private static final String TEXT = "text/plain";
    private static final Map<String, String> TYPES = new HashMap<>();

    static {
        put(TEXT, "txt log md ini conf cfg toml properties srt ass ssa vtt sub diff patch sql");
        put(TEXT, "html htm xhtml xml css js mjs sh bat ps1 py java c h cpp rs go rb kt");
        put("application/json", "json geojson");
        put("application/x-ndjson", "ndjson jsonl");
        put("application/yaml", "yaml yml");
        put("text/csv", "csv");
        put("text/tab-separated-values", "tsv");
        put("application/pdf", "pdf");
        put("application/zip", "zip");
        put("application/gzip", "gz tgz");
        put("application/x-tar", "tar");
        put("application/zstd", "zst");
        put("application/x-xz", "xz");
        put("application/x-7z-compressed", "7z");
        put("application/java-archive", "jar");
        put("application/epub+zip", "epub");
        put("application/vnd.sqlite3", "sqlite db");
        put("application/vnd.apache.parquet", "parquet");
        put("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
        put("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx");
        put("image/png", "png");
        put("image/svg+xml", "svg");
        put("image/jpeg", "jpg jpeg");
        put("image/gif", "gif");
        put("image/webp", "webp");
        put("image/avif", "avif");
        put("image/tiff", "tif tiff");
        put("image/bmp", "bmp");
        put("audio/mpeg", "mp3");
        put("audio/mp4", "m4a");
        put("audio/aac", "aac");
        put("audio/flac", "flac");
        put("audio/ogg", "ogg oga opus");
        put("audio/wav", "wav");
        put("audio/x-matroska", "mka");
        put("video/mp4", "mp4 m4v");
        put("video/x-matroska", "mkv");
        put("video/webm", "webm");
        put("video/quicktime", "mov");
        put("video/x-msvideo", "avi");
        put("video/mpeg", "mpg mpeg");
        put("video/mp2t", "ts m2ts");
    }

    private ContentTypes() {}

    private static void put(String type, String endings) {
        for (String ending : endings.split(" ", -1)) {
            TYPES.put(ending, type);
        }
    }

    /** The type of a file with this name or path. */
    static String of(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, ANY);
    }
}
