//! A page and its fenced blocks.
//!
//! In: Markdown. Out: each block with its words and its place, so that what is wrong can be told by
//! line and what a command prints can be written back.

use std::ops::Range;
use std::path::Path;

pub struct Page {
    /// Below the root, with `/`.
    pub name: String,
    pub text: String,
    pub blocks: Vec<Block>,
}

pub struct Block {
    /// The words behind the fence: the language, then `key` or `key=value`.
    words: Vec<String>,
    pub text: String,
    /// Of the fence, from 1.
    pub line: usize,
    /// Where `text` stands in the page.
    pub place: Range<usize>,
}

impl Page {
    pub fn read(root: &Path, path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path
            .strip_prefix(root)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/");
        let blocks = blocks(&text);
        Self { name, text, blocks }
    }

    /// The page without its blocks, line by line.
    pub fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        let inside = |line: usize| {
            self.blocks.iter().any(|block| {
                (block.line..=block.line + block.text.lines().count() + 1).contains(&line)
            })
        };
        self.text
            .lines()
            .zip(1..)
            .map(|(text, line)| (line, text))
            .filter(move |(line, _)| !inside(*line))
    }
}

impl Block {
    pub fn language(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    pub fn is(&self, word: &str) -> bool {
        self.words.iter().skip(1).any(|own| own == word)
    }

    /// The value of `key=value`.
    pub fn value(&self, key: &str) -> Option<&str> {
        let value = |word: &'_ String| word.split_once('=').is_some_and(|(own, _)| own == key);
        let word = self.words.iter().skip(1).find(|word| value(word))?;
        word.split_once('=').map(|(_, value)| value)
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(Vec<String>, usize, usize)> = None;
    let mut offset = 0;
    for (line, number) in text.split_inclusive('\n').zip(1..) {
        let end = offset + line.len();
        if let Some(fence) = line.trim_end().strip_prefix("```") {
            match open.take() {
                Some((words, number, start)) => blocks.push(Block {
                    words,
                    text: text[start..offset].to_owned(),
                    line: number,
                    place: start..offset,
                }),
                None => {
                    open = Some((
                        fence.split_whitespace().map(str::to_owned).collect(),
                        number,
                        end,
                    ));
                }
            }
        }
        offset = end;
    }
    assert!(open.is_none(), "a block without its end");
    blocks
}
