package dev.pawl.scheduler.schema;

/** The name on the wire of a Java name: {@code delayMs} becomes {@code delay_ms}, {@code baseURL} becomes {@code base_url}. */
final class SnakeCase {

    private SnakeCase() {}

    static String of(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0 && beginsWord(name, i)) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }

    private static boolean beginsWord(String name, int i) {
        char before = name.charAt(i - 1);
        boolean lowerFollows = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        return before != '_' && (!Character.isUpperCase(before) || lowerFollows);
    }
}
