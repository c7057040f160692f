package dev.pawl.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;

/**
 * A block of code in the documentation.
 *
 * @param place the page
 * @param language the language that it names; empty when it names none
 * @param text the code
 */
record CodeBlock(String place, String language, String text) {

    /** All blocks of some pages. */
    static List<CodeBlock> of(Map<String, String> pages) {
        List<CodeBlock> blocks = new ArrayList<>();
        pages.forEach((place, text) -> Markdown.parse(text).accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                blocks.add(new CodeBlock(place, block.getInfo(), block.getLiteral()));
            }
        }));
        return blocks;
    }

    @Override
    public String toString() {
        return place + ":\n" + text;
    }
}
