package dev.pawl.samples.browser;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Key strokes as DevTools takes them. Names and numbers are those of the UI Events specification. */
final class Keys {

    private static final int SHIFT = 8;

    private static final Map<String, Integer> NAMED = Map.ofEntries(
            Map.entry("Backspace", 8),
            Map.entry("Tab", 9),
            Map.entry("Enter", 13),
            Map.entry("Escape", 27),
            Map.entry("Space", 32),
            Map.entry("PageUp", 33),
            Map.entry("PageDown", 34),
            Map.entry("End", 35),
            Map.entry("Home", 36),
            Map.entry("ArrowLeft", 37),
            Map.entry("ArrowUp", 38),
            Map.entry("ArrowRight", 39),
            Map.entry("ArrowDown", 40),
            Map.entry("Delete", 46),
            Map.entry("F5", 116));

    private static final Map<String, Integer> MODIFIERS = Map.of("Alt", 1, "Control", 2, "Meta", 4, "Shift", SHIFT);

    private Keys() {}

    /** Whether it is a key, or keys such as {@code Control+a}. */
    static boolean isKnown(String keys) {
        List<String> parts = parts(keys);
        String last = parts.get(parts.size() - 1);
        return MODIFIERS.keySet().containsAll(parts.subList(0, parts.size() - 1))
                && (NAMED.containsKey(last) || last.codePointCount(0, last.length()) == 1);
    }

    static String names() {
        return String.join(", ", NAMED.keySet().stream().sorted().toList()) + ", or one character, after "
                + String.join("+, ", MODIFIERS.keySet().stream().sorted().toList()) + "+";
    }

    private static List<String> parts(String keys) {
        return keys.length() > 1 ? List.of(keys.split("\\+(?=.)")) : List.of(keys);
    }

    /** The parameters of {@code Input.dispatchKeyEvent} for going down and up. */
    static List<Map<String, Object>> events(String keys) {
        List<String> parts = parts(keys);
        String key = parts.get(parts.size() - 1);
        int modifiers = parts.subList(0, parts.size() - 1).stream()
                .mapToInt(modifier -> MODIFIERS.getOrDefault(modifier, 0))
                .sum();
        String text = key.equals("Enter") ? "\r" : key.equals("Space") ? " " : NAMED.containsKey(key) ? "" : key;
        Map<String, Object> down = new HashMap<>();
        down.put("key", key.equals("Space") ? " " : key);
        down.put("code", code(key));
        down.put("modifiers", modifiers);
        down.put("windowsVirtualKeyCode", NAMED.getOrDefault(key, (int)
                key.toUpperCase(Locale.ROOT).charAt(0)));
        Map<String, Object> up = new HashMap<>(down);
        boolean types = !text.isEmpty() && (modifiers == 0 || modifiers == SHIFT);
        down.put("type", types ? "keyDown" : "rawKeyDown");
        if (types) {
            down.put("text", text);
        }
        if (keys.equals("Control+a")) {
            down.put("commands", List.of("selectAll"));
        }
        up.put("type", "keyUp");
        return List.of(down, up);
    }

    private static String code(String key) {
        return key.matches("[a-zA-Z]")
                ? "Key" + key.toUpperCase(Locale.ROOT)
                : key.matches("[0-9]") ? "Digit" + key : key;
    }
}
