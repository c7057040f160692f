package dev.pawl.manual.reference;

import com.sun.source.doctree.BlockTagTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.doctree.ValueTree;
import java.util.List;

/** A Javadoc comment as Markdown. */
final class JavadocText {

    private JavadocText() {}

    /** The text of a comment, with its tags as a list. */
    static String of(DocCommentTree comment) {
        var text = new StringBuilder(text(comment.getFullBody())).append('\n');
        for (DocTree tag : comment.getBlockTags()) {
            text.append("\n- ").append(tag((BlockTagTree) tag));
        }
        return text.append('\n').toString();
    }

    private static String tag(BlockTagTree tag) {
        if (tag instanceof ParamTree parameter) {
            return "`" + parameter.getName() + "`: " + text(parameter.getDescription());
        }
        if (tag instanceof ReturnTree returned) {
            return "returns " + text(returned.getDescription());
        }
        if (tag instanceof ThrowsTree thrown) {
            return "throws `" + thrown.getExceptionName() + "` " + text(thrown.getDescription());
        }
        return "`" + tag + "`";
    }

    private static String text(List<? extends DocTree> parts) {
        var text = new StringBuilder();
        for (DocTree part : parts) {
            text.append(part(part));
        }
        return text.toString()
                .replaceAll("(?m)^ +", "")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    private static String part(DocTree part) {
        if (part instanceof TextTree plain) {
            return plain.getBody().replaceAll("[*_<]", "\\\\$0");
        }
        if (part instanceof LiteralTree literal) {
            return "`" + literal.getBody().getBody() + "`";
        }
        if (part instanceof LinkTree link) {
            return link.getLabel().isEmpty()
                    ? "`"
                            + link.getReference()
                                    .getSignature()
                                    .replaceFirst("^#", "")
                                    .replace('#', '.') + "`"
                    : text(link.getLabel());
        }
        if (part instanceof ValueTree value) {
            return "`" + value.getReference().getSignature().replaceFirst("^#", "") + "`";
        }
        if (part instanceof StartElementTree start) {
            return switch (start.getName().toString()) {
                case "p" -> "\n\n";
                case "li" -> "\n- ";
                case "ul", "ol" -> "\n";
                case "pre" -> "\n\n```java\n";
                default -> "";
            };
        }
        if (part instanceof EndElementTree end) {
            return switch (end.getName().toString()) {
                case "pre" -> "\n```\n\n";
                case "ul", "ol" -> "\n\n";
                default -> "";
            };
        }
        return part instanceof EntityTree entity
                ? switch (entity.getName().toString()) {
                    case "lt" -> "\\<";
                    case "gt" -> ">";
                    case "amp" -> "&";
                    default -> entity.toString();
                }
                : part.toString();
    }
}
