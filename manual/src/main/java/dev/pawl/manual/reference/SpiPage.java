package dev.pawl.manual.reference;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The page of what modules are written against: the public types of the api-bundle with their Javadoc, read from the sources. */
public final class SpiPage {

    private static final Path SOURCES = Path.of("api-bundle/src/main/java");

    private final StringBuilder page = new StringBuilder(
                    "# The API of modules\n\nEvery type of `dev.pawl.api.module`, with its Javadoc.")
            .append(
                    " [Writing a module](../writing-a-module.md) explains them; sources and Javadoc for an IDE are in `lib/repository` of the distribution.\n");

    private final DocTrees comments;

    private SpiPage(DocTrees comments) {
        this.comments = comments;
    }

    /** The page. */
    public static String of(Path root) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> files = Files.walk(root.resolve(SOURCES))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
            var page = new SpiPage(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree type : unit.getTypeDecls()) {
                    page.type(unit, (ClassTree) type);
                }
            }
            return page.page.toString();
        }
    }

    private void type(CompilationUnitTree unit, ClassTree type) {
        if (!type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
            return;
        }
        page.append("\n## ")
                .append(type.getSimpleName())
                .append("\n\n```java\n")
                .append(head(type))
                .append("\n```\n\n");
        comment(unit, type);
        boolean isInterface = type.getKind() != Tree.Kind.CLASS;
        for (Tree member : type.getMembers()) {
            if (isInterface || isPublic(member)) {
                member(unit, type, member);
            }
        }
    }

    private void member(CompilationUnitTree unit, ClassTree type, Tree member) {
        if (member instanceof MethodTree method) {
            boolean isConstructor = method.getReturnType() == null;
            String parameters = method.getParameters().stream()
                    .map(each -> each.getType() + " " + each.getName())
                    .collect(Collectors.joining(", "));
            String name =
                    isConstructor ? type.getSimpleName().toString() : method.getReturnType() + " " + method.getName();
            String throwing = method.getThrows().isEmpty()
                    ? ""
                    : " throws "
                            + method.getThrows().stream().map(Object::toString).collect(Collectors.joining(", "));
            String value = method.getDefaultValue() == null ? "" : " default " + method.getDefaultValue();
            entry(unit, member, name + "(" + parameters + ")" + throwing + value);
        } else if (member instanceof VariableTree constant && type.getKind() == Tree.Kind.ENUM) {
            entry(unit, member, constant.getName().toString());
        }
    }

    private void entry(CompilationUnitTree unit, Tree member, String signature) {
        page.append("\n**`")
                .append(signature.replaceAll("@\\w+ ?(?:\\(\\))?", "").replaceAll("\\s+", " "))
                .append("`**\n\n");
        comment(unit, member);
    }

    private void comment(CompilationUnitTree unit, Tree tree) {
        TreePath path = TreePath.getPath(unit, tree);
        @Nullable DocCommentTree comment = path == null ? null : comments.getDocCommentTree(path);
        if (comment != null) {
            page.append(JavadocText.of(comment)).append('\n');
        }
    }

    private static boolean isPublic(Tree member) {
        ModifiersTree modifiers = member instanceof MethodTree method
                ? method.getModifiers()
                : member instanceof VariableTree field ? field.getModifiers() : null;
        return modifiers != null && modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private static String head(ClassTree type) {
        String kind =
                switch (type.getKind()) {
                    case INTERFACE -> "interface ";
                    case ENUM -> "enum ";
                    case RECORD -> "record ";
                    case ANNOTATION_TYPE -> "@interface ";
                    default -> "class ";
                };
        String above = type.getExtendsClause() == null ? "" : " extends " + type.getExtendsClause();
        return "public " + kind + type.getSimpleName() + above;
    }
}
