//! Stop words: words that say little of what a text is about. They stay in the index and in phrases; ranking weighs them down.

/// Function words of English, folded but not stemmed, in order.
const STOP: &[&str] = &[
    "a", "about", "above", "after", "again", "against", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "below", "between", "both", "but", "by", "can", "cannot", "could", "did", "do", "does", "doing", "done",
    "down", "during", "each", "either", "etc", "few", "for", "from", "further", "had", "has", "have", "having", "he", "her", "here",
    "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "itself", "just", "may", "me", "might", "more", "most",
    "must", "my", "neither", "no", "nor", "not", "of", "off", "on", "once", "only", "or", "other", "our", "ours", "out", "over", "own",
    "per", "same", "shall", "she", "should", "so", "some", "such", "than", "that", "the", "their", "theirs", "them", "then", "there",
    "these", "they", "this", "those", "through", "thus", "to", "too", "under", "until", "up", "upon", "very", "via", "was", "we", "were",
    "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would",
    "you", "your", "yours",
];

/// Length of the longest, in bytes.
const LONGEST: usize = 7;

/// Whether a folded word is a stop word.
pub(crate) fn is_stop(word: &str) -> bool {
    word.len() <= LONGEST && STOP.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_found() {
        assert!(STOP.is_sorted() && STOP.iter().map(|w| w.len()).max() == Some(LONGEST));
        assert!(STOP.iter().all(|w| is_stop(w)));
        assert!(!is_stop("us") && !is_stop("minister"), "us is also the United States");
    }
}
