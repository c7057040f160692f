package dev.pawl.service.console;

import java.nio.ByteBuffer;

/**
 * A file of the console.
 *
 * @param type its content type
 * @param version a word that changes with its contents
 * @param isPage whether it is the page, which a browser asks for anew each time; what stands at any other address never changes
 * @param isGzip whether the bytes are compressed
 * @param bytes its contents, read-only; their position is never moved
 */
public record ConsoleFile(String type, String version, boolean isPage, boolean isGzip, ByteBuffer bytes) {}
