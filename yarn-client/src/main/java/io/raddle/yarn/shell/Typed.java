package io.raddle.yarn.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EOFError;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Lines while they are typed: whether more has to come, how they can go on, and their colours. Of the editor's thread. */
final class Typed implements Parser, Completer, Highlighter {
    private static final int MOST = 200;
    private static final Pattern TOKENS = Pattern.compile("(?<comment>//.*|/\\*(?s:.*?)\\*/)"
            + "|(?<text>\"(?:\\\\.|[^\"\\\\])*\"?|'(?:\\\\.|[^'\\\\])*'?)"
            + "|(?<word>\\b(?:abstract|assert|boolean|break|byte|case|catch|char|class|continue|default|do|double|else|enum"
            + "|extends|false|final|finally|float|for|if|implements|import|instanceof|int|interface|long|new|null|private"
            + "|protected|public|record|return|sealed|short|static|super|switch|synchronized|this|throw|throws|true|try|var"
            + "|void|while|yield)\\b)");

    private final Shell shell;

    Typed(Shell shell) {
        this.shell = shell;
    }

    /** A text and the place in it; of which the last word is what completion replaces. */
    private record Parsed(String line, int cursor, int anchor) implements ParsedLine {
        @Override
        public String word() {
            return line.substring(anchor, cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - anchor;
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.COMPLETE) {
            int[] anchor = {cursor};
            if (Command.isCommand(line)) {
                anchor[0] = 0;
            } else {
                shell.prompt().analysis().completionSuggestions(line, cursor, anchor);
            }
            return new Parsed(line, cursor, Math.max(0, Math.min(anchor[0], cursor)));
        }
        if (context == ParseContext.ACCEPT_LINE && !Command.isCommand(line) && !isWhole(line)) {
            throw new EOFError(-1, -1, "more has to come");
        }
        return new Parsed(line, cursor, cursor);
    }

    /** What may be whole and may go on is whole below an empty line. */
    private boolean isWhole(String text) {
        return text.isBlank() || text.endsWith("\n\n") || shell.prompt().isWhole(text);
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (Command.isCommand(line.line())) {
            for (Command command : Command.values()) {
                candidates.add(new Candidate(command.word(), command.word(), null, command.help(), null, null, true));
            }
            return;
        }
        boolean atParenthesis = line.line().substring(0, line.cursor()).endsWith("(");
        List<String> found = atParenthesis ? List.of() : suggestions(line);
        found.forEach(each -> candidates.add(new Candidate(each, each, null, null, null, null, false)));
        if (found.isEmpty()) {
            signatures(line).forEach(reader::printAbove);
        }
    }

    private List<String> suggestions(ParsedLine line) {
        return shell.prompt().analysis().completionSuggestions(line.line(), line.cursor(), new int[1]).stream()
                .map(each -> each.continuation())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private List<String> signatures(ParsedLine line) {
        List<String> texts = new ArrayList<>();
        shell.prompt()
                .analysis()
                .documentation(line.line(), line.cursor(), true)
                .forEach(each -> {
                    texts.add(each.signature());
                    if (each.javadoc() != null) {
                        texts.add("    " + each.javadoc().strip().replaceAll("\\s*\\n\\s*", "\n    "));
                    }
                });
        return texts;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        AttributedStringBuilder text = new AttributedStringBuilder();
        var token = TOKENS.matcher(buffer);
        int at = 0;
        while (token.find()) {
            text.append(buffer.substring(at, token.start()));
            AttributedStyle style = token.group("comment") != null
                    ? AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT)
                    : token.group("text") != null
                            ? AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN)
                            : AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE);
            text.styled(style, token.group());
            at = token.end();
        }
        return text.append(buffer.substring(at)).toAttributedString();
    }
}
