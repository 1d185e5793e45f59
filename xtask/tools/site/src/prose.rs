//! The registry's sentences as markup.

/// Escapes what markup would take for its own.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            _ => out.push(c),
        }
    }
    out
}

/// One paragraph: text in backquotes becomes code, long names may break at their underscores.
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for (i, part) in text.split('`').enumerate() {
        if i % 2 == 1 {
            out += "<code>";
            out += &breakable(part);
            out += "</code>";
        } else {
            out += &escape(part);
        }
    }
    out
}

/// A long name that may break behind its underscores, dots and slashes, and nowhere else.
pub fn breakable(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 32);
    let mut run = 0;
    for c in name.chars() {
        out += &escape(c.encode_utf8(&mut [0; 4]));
        run += 1;
        if matches!(c, '_' | '/' | '.') && run > 3 {
            out += "<wbr>";
            run = 0;
        }
    }
    out
}

/// A remedy's paragraphs, each with the people it is for; nobody in particular when it does not say.
pub fn remedies(text: &str) -> Vec<(String, String)> {
    const WHO: [&str; 2] = ["Operators:", "Developers:"];
    let mut starts: Vec<(usize, &str)> = WHO.iter().flat_map(|w| text.match_indices(w)).collect();
    starts.sort_unstable();
    let head = &text[..starts.first().map_or(text.len(), |s| s.0)];
    let mut out = Vec::new();
    if !head.trim().is_empty() {
        out.push((String::new(), inline(head.trim())));
    }
    for (i, &(at, who)) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(text.len(), |s| s.0);
        let body = text[at + who.len()..end].trim();
        let mut chars = body.chars();
        let body = chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect());
        out.push((who.trim_end_matches(':').to_owned(), inline(&body)));
    }
    out
}

/// The first words of a text, at most `limit` characters, cut at a sentence or a word.
pub fn brief(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    match cut.rfind(". ").filter(|&i| i > limit / 2) {
        Some(i) => cut[..=i].to_owned(),
        None => format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |c| c.0).trim_end_matches([',', ';', ':'])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(inline("a <b> & `x<y`"), "a &lt;b&gt; &amp; <code>x&lt;y</code>");
        assert_eq!(breakable("AS_ERR_TIMEOUT"), "AS_ERR_<wbr>TIMEOUT");
    }

    #[test]
    fn remedies_name_their_people() {
        let r = remedies("First. Operators: look. Developers: retry.");
        assert_eq!(
            r.iter().map(|p| (p.0.as_str(), p.1.as_str())).collect::<Vec<_>>(),
            [("", "First."), ("Operators", "Look."), ("Developers", "Retry.")]
        );
    }

    #[test]
    fn descriptions_are_cut_at_words() {
        assert_eq!(brief("One two three", 9), "One two…");
        assert_eq!(brief("Short.", 9), "Short.");
    }
}
