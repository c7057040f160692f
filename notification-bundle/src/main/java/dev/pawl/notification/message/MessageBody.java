package dev.pawl.notification.message;

import dev.pawl.base.json.value.Json;
import dev.pawl.notification.message.MessageText.Item;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.Occurrence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a message in each format. Texts of jobs are shown as they are: no format reads markup, mentions or links into them. */
final class MessageBody {

    private static final String TITLE = "title";
    private static final String TEXT = "text";
    private static final String TYPE = "type";
    private static final String MESSAGE = "message";

    // The limits of the receivers, which refuse what is longer.
    private static final int MOST_OF_DISCORD_NAME = 256;
    private static final int MOST_OF_DISCORD_VALUE = 700; // so that all together stay below 6,000 characters
    private static final int MOST_OF_NTFY_BYTES = 3_900; // of 4,096, beyond which it becomes an attached file

    private static final int HIGH = 4;
    private static final int USUAL = 3;

    private MessageBody() {}

    /** The object of our own. */
    static byte[] json(NotificationRule rule, Notification message, MessageText text) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", message.id().toString());
        body.put("notification", rule.name());
        body.put("event", message.event().wireName());
        body.put(TITLE, text.title());
        body.put("count", message.count());
        body.put("first_at", message.firstAt().toString());
        body.put("last_at", message.lastAt().toString());
        List<Map<String, Object>> examples = new ArrayList<>();
        for (int i = 0; i < message.examples().size(); i++) {
            examples.add(example(message.examples().get(i), text.items().get(i)));
        }
        body.put("examples", examples);
        body.put("more", text.more());
        return bytes(body);
    }

    private static Map<String, Object> example(Occurrence one, Item item) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "job_id", one.job() == null ? null : one.job().toString());
        put(body, "schedule", one.schedule());
        body.put("job_title", one.title());
        body.put("modules", one.modules());
        body.put("at", one.at().toString());
        body.put("detail", one.detail());
        body.put("times", one.times());
        put(body, "url", item.link());
        return body;
    }

    /** A message of Slack, which Mattermost and others understand too, so that it has no blocks. */
    static byte[] slack(MessageText text) {
        List<String> lines = new ArrayList<>();
        for (Item item : text.items()) {
            String heading = slackText(item.heading());
            String link = item.link();
            lines.add("*" + (link == null ? heading : "<" + link + "|" + heading + ">") + "*");
            if (!item.detail().isEmpty()) {
                lines.add("> " + slackText(item.detail()));
            }
            lines.add(item.facts());
        }
        if (text.more() > 0) {
            lines.add(text.rest());
        }
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("color", colour(text));
        attachment.put("fallback", slackText(text.title()));
        attachment.put(TEXT, String.join("\n", lines));
        attachment.put("footer", slackText(text.footer()));
        attachment.put("mrkdwn_in", List.of(TEXT));
        return bytes(Map.of(TEXT, "*" + slackText(text.title()) + "*", "attachments", List.of(attachment)));
    }

    /** Escapes a text: the three characters of Slack, the marks of formats, and the sign of mentions. */
    private static String slackText(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "@\u200b")
                .replace("|", "¦")
                .replace("*", "∗")
                .replace("`", "'")
                .replace("~", "∼");
    }

    /** A message with an Adaptive Card, as workflows of Teams take it. Text runs know no markup. */
    static byte[] teams(MessageText text) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        blocks.add(run(text.title(), Map.of("size", "Large", "weight", "Bolder", "color", cardColour(text)), Map.of()));
        for (Item item : text.items()) {
            blocks.add(run(item.heading(), Map.of("weight", "Bolder"), Map.of("separator", true)));
            if (!item.detail().isEmpty()) {
                blocks.add(run(item.detail(), Map.of("fontType", "Monospace"), Map.of("spacing", "Small")));
            }
            blocks.add(run(item.facts(), Map.of("isSubtle", true), Map.of("spacing", "Small")));
        }
        if (text.more() > 0) {
            blocks.add(run(text.rest(), Map.of(), Map.of()));
        }
        blocks.add(run(text.footer(), Map.of("isSubtle", true, "size", "Small"), Map.of("separator", true)));
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put(TYPE, "AdaptiveCard");
        card.put("version", "1.4");
        card.put("msteams", Map.of("width", "Full"));
        card.put("body", blocks);
        String link = text.link();
        if (link != null) {
            card.put("actions", List.of(Map.of(TYPE, "Action.OpenUrl", TITLE, "Open the job", "url", link)));
        }
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.put("content", card);
        return bytes(Map.of(TYPE, MESSAGE, "attachments", List.of(attachment)));
    }

    private static Map<String, Object> run(String text, Map<String, Object> ofText, Map<String, Object> ofBlock) {
        Map<String, Object> inline = new LinkedHashMap<>();
        inline.put(TYPE, "TextRun");
        inline.put(TEXT, text);
        inline.putAll(ofText);
        Map<String, Object> block = new LinkedHashMap<>();
        block.put(TYPE, "RichTextBlock");
        block.put("inlines", List.of(inline));
        block.putAll(ofBlock);
        return block;
    }

    /** A message of Discord, which mentions nobody. */
    static byte[] discord(MessageText text) {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (Item item : text.items()) {
            String link = item.link();
            String detail = item.detail().isEmpty() ? "" : discordText(item.detail(), MOST_OF_DISCORD_VALUE) + "\n";
            fields.add(Map.of(
                    "name",
                    discordText(item.heading(), MOST_OF_DISCORD_NAME),
                    "value",
                    detail + item.facts() + (link == null ? "" : "\n[Open the job](" + link + ")")));
        }
        Map<String, Object> embed = new LinkedHashMap<>();
        embed.put(TITLE, discordText(text.title(), MOST_OF_DISCORD_NAME));
        put(embed, "url", text.link());
        embed.put("color", Integer.decode(colour(text)));
        put(embed, "description", text.more() == 0 ? null : text.rest());
        embed.put("fields", fields);
        embed.put("footer", Map.of(TEXT, text.footer()));
        return bytes(Map.of("embeds", List.of(embed), "allowed_mentions", Map.of("parse", List.of())));
    }

    /** Escapes a text for Markdown, and cuts it so that no escape is split. */
    private static String discordText(String text, int most) {
        StringBuilder escaped = new StringBuilder();
        int[] points = text.codePoints().toArray();
        for (int point : points) {
            String one = ("\\*_~`|<>[]()#-:@".indexOf(point) < 0 ? "" : "\\") + Character.toString(point);
            if (escaped.length() + one.length() >= most) {
                return escaped.append('…').toString();
            }
            escaped.append(one);
        }
        return escaped.toString();
    }

    /** A message of ntfy, which has its topic in the body. It knows no markup unless it is asked for. */
    static byte[] ntfy(String topic, MessageText text) {
        StringBuilder lines = new StringBuilder();
        for (Item item : text.items()) {
            lines.append(item.heading()).append('\n');
            if (!item.detail().isEmpty()) {
                lines.append(item.detail()).append('\n');
            }
            lines.append(item.facts()).append('\n');
        }
        if (text.more() > 0) {
            lines.append(text.rest()).append('\n');
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("topic", topic);
        body.put(TITLE, text.title());
        body.put(MESSAGE, within(lines.append(text.footer()).toString(), MOST_OF_NTFY_BYTES));
        body.put(
                "priority",
                switch (text.tone()) {
                    case BAD -> HIGH;
                    case WARNING, GOOD -> USUAL;
                });
        body.put(
                "tags",
                List.of(
                        switch (text.tone()) {
                            case BAD -> "rotating_light";
                            case WARNING -> "hourglass";
                            case GOOD -> "white_check_mark";
                        }));
        put(body, "click", text.link());
        return bytes(body);
    }

    private static String within(String text, int mostBytes) {
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
            cut = MessageText.cut(cut, cut.length() * 9 / 10);
        }
        return cut;
    }

    /** The lines of a mail. */
    static String plain(MessageText text) {
        StringBuilder lines = new StringBuilder(text.title()).append("\n\n");
        for (Item item : text.items()) {
            lines.append(item.heading()).append('\n');
            if (!item.detail().isEmpty()) {
                lines.append("  ").append(item.detail()).append('\n');
            }
            lines.append("  ").append(item.facts()).append('\n');
            if (item.link() != null) {
                lines.append("  ").append(item.link()).append('\n');
            } else if (item.job() != null) {
                lines.append("  pawl job ").append(item.job()).append('\n');
            }
            lines.append('\n');
        }
        if (text.more() > 0) {
            lines.append(text.rest()).append("\n\n");
        }
        return lines.append("-- \n").append(text.footer()).append('\n').toString();
    }

    private static String colour(MessageText text) {
        return switch (text.tone()) {
            case BAD -> "#d32f2f";
            case WARNING -> "#f9a825";
            case GOOD -> "#388e3c";
        };
    }

    private static String cardColour(MessageText text) {
        return switch (text.tone()) {
            case BAD -> "Attention";
            case WARNING -> "Warning";
            case GOOD -> "Good";
        };
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static byte[] bytes(Map<String, Object> body) {
        return Json.text(body).getBytes(StandardCharsets.UTF_8);
    }
}
